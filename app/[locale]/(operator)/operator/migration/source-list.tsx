import { useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { SourceView } from '#lib/migration/list-sources.ts'
import { RemoveSourceForm } from './remove-source-form.tsx'
import { SourceForm } from './source-form.tsx'

export function SourceList({ sources }: { sources: readonly SourceView[] }) {
  const t = useTranslations('migration.sources')
  return (
    <ul className="space-y-4">
      {sources.map((source) => (
        <li key={source.id} className="rounded-12 border border-line bg-surface p-5">
          <p className="text-std-18B-160">{source.name}</p>
          <p className="break-all">
            {t(`kinds.${source.kind}`)} {source.host === '' ? source.directory : source.host}
          </p>
          <p className="text-ink-muted">
            {source.host === '' ? null : t(`tlsModes.${source.tls}`)}{' '}
            {t('limits', { connections: source.maxConnections, rate: source.messagesPerSecond })}{' '}
            {source.hasMasterPassword ? t('hasMasterPassword') : null} {source.selfService ? t('offered') : null}
          </p>
          <Disclosure summary={t('change', { name: source.name })}>
            <div className="space-y-4">
              <SourceForm source={source} />
              <RemoveSourceForm sourceId={source.id} />
            </div>
          </Disclosure>
        </li>
      ))}
    </ul>
  )
}
