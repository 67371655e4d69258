import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import type { DkimDomainView } from '#lib/dkim/list-dkim-keys.ts'
import { ActivateForm } from './activate-form.tsx'
import { CreateForm } from './create-form.tsx'
import { KeyItem } from './key-item.tsx'

const states = ['ACTIVE', 'NEXT', 'RETIRED'] as const

/** One domain: the keys that sign, those that come next with what is to be done about them, and those that went. */
export function DkimDomain({ view: { domain, keys } }: { view: DkimDomainView }) {
  const t = useTranslations('dkim')
  const ofState = (state: (typeof states)[number]) => keys.filter((key) => key.state === state)
  const next = ofState('NEXT')
  return (
    <Card title={<span className="typed break-all">{domain}</span>} titleId={`dkim-${domain}`}>
      {ofState('ACTIVE').length === 0 ? <p className="mb-5 text-ink-muted">{t('unsigned')}</p> : null}
      <div className="space-y-7">
        {states.map((state) =>
          ofState(state).length === 0 ? null : (
            <section key={state} aria-label={t(`state.${state}`)}>
              <h3 className="text-std-18B-160">{t(`state.${state}`)}</h3>
              <p className="mb-3 text-ink-muted">{t(`stateLead.${state}`)}</p>
              <ul className="space-y-4">
                {ofState(state).map((key) => (
                  <KeyItem key={key.selector} view={key} />
                ))}
              </ul>
            </section>
          ),
        )}
        {next.length === 0 ? (
          <CreateForm domain={domain} />
        ) : (
          <ActivateForm domain={domain} isPublished={next.every(({ publication }) => publication === 'published')} />
        )}
      </div>
    </Card>
  )
}
