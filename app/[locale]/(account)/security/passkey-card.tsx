import { useFormatter, useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import type { PasskeyView } from '#lib/passkeys/own-passkeys.ts'
import { RegisterPasskeyForm } from './register-passkey-form.tsx'
import { RemovePasskeyForm } from './remove-passkey-form.tsx'

type PasskeyCardProps = {
  readonly passkeys: readonly PasskeyView[]
  readonly canChange: boolean
  /** a name for the next one: this browser's */
  readonly suggestion: string
}

export function PasskeyCard({ passkeys, canChange, suggestion }: PasskeyCardProps) {
  const t = useTranslations('security.passkeys')
  const format = useFormatter()
  const day = (date: Date) => format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Card title={t('title')} titleId="passkeys" lead={t('lead')}>
      {passkeys.length === 0 ? <p className="mb-5">{t('none')}</p> : null}
      <ul className="mb-5 space-y-3">
        {passkeys.map(({ id, label, createdAt, lastUsedAt }) => (
          <li key={id} className="rounded-8 border border-line p-4">
            <h3 className="text-std-16B-170 break-words">{label}</h3>
            <p className="text-ink-muted">{t('since', { time: day(createdAt) })}</p>
            <p className="text-ink-muted">
              {lastUsedAt === null ? t('unused') : t('lastUsed', { time: day(lastUsedAt) })}
            </p>
            {canChange ? <RemovePasskeyForm passkeyId={id} /> : null}
          </li>
        ))}
      </ul>
      {canChange ? <RegisterPasskeyForm suggestion={suggestion} /> : null}
    </Card>
  )
}
