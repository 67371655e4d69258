import { useFormatter, useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/text-link.tsx'
import type { QueuePage } from '#lib/delivery/list-queue.ts'
import type { DomainView } from '#lib/delivery/summarise-queue.ts'
import { FlushForm } from './flush-form.tsx'
import { queuePath } from './queue-path.ts'
import { Reply } from './reply.tsx'

/** By destination: how much waits, since when, until when, and why. Columns on a wide screen, blocks on a phone. */
export function DomainList({ page, apiPath }: { page: QueuePage; apiPath: string }) {
  const t = useTranslations('queue.domains')
  return (
    <section aria-labelledby="domains">
      <h2 id="domains" className="mb-4 text-std-22B-150">
        {t('title')}
      </h2>
      <ul className="divide-y divide-line rounded-12 border border-line bg-surface">
        {page.domains.map((view) => (
          <DomainRow key={view.domain} view={view} readAt={page.readAt} apiPath={apiPath} />
        ))}
      </ul>
      {page.domainsLeftOut > 0 ? (
        <p className="mt-3 text-ink-muted">{t('leftOut', { count: page.domainsLeftOut })}</p>
      ) : null}
    </section>
  )
}

type DomainRowProps = { readonly view: DomainView; readonly readAt: string; readonly apiPath: string }

function DomainRow({ view, readAt, apiPath }: DomainRowProps) {
  const t = useTranslations('queue.domains')
  const format = useFormatter()
  const { domain, waiting, held, oldestAt, lastReply } = view
  const facts = [
    [t('counts'), held > 0 ? t('waitingAndHeld', { waiting, held }) : t('waiting', { waiting })],
    [t('oldest'), format.relativeTime(new Date(oldestAt), new Date(readAt))],
    [t('next'), <NextTry key="next" at={view.nextAttemptAt} readAt={readAt} />],
  ] as const
  return (
    <li className="grid gap-x-6 gap-y-3 px-4 py-4 sm:px-6 lg:grid-cols-[minmax(0,1fr)_28rem_9rem]">
      <div className="min-w-0">
        <TextLink
          href={queuePath('/operator/queue', { domain, show: 'all' })}
          className="typed text-std-16B-170 break-all"
        >
          {domain}
        </TextLink>
        <Reply reply={lastReply} />
      </div>
      <dl className="grid content-start gap-x-4 gap-y-1 sm:grid-cols-[9rem_8rem_1fr]">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-wrap gap-x-2 sm:block">
            <dt className="text-ink-muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {waiting > 0 ? <FlushForm domain={domain} apiPath={apiPath} /> : null}
    </li>
  )
}

function NextTry({ at, readAt }: { at: string | null; readAt: string }) {
  const t = useTranslations('queue.domains')
  const format = useFormatter()
  if (at === null) return t('never')
  const isDue = new Date(at) <= new Date(readAt)
  const text = format.dateTime(new Date(at), { dateStyle: 'short', timeStyle: 'short' })
  return <time dateTime={at}>{isDue ? t('now') : text}</time>
}
