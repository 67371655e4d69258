import { useFormatter, useTranslations } from 'next-intl'
import { serviceOf } from '#components/activity/service-of.ts'
import { DiagnosisText } from '#components/doctor/diagnosis-text.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { Places } from '#lib/doctor/places.ts'
import type { LoginResult } from '#lib/support/login-results.ts'

type LoginResultsProps = { readonly results: readonly LoginResult[]; readonly places: Places }

const SHOWN_AT_ONCE = 3

/** How logins went, newest first, in the doctor's words; the older ones are folded away. */
export function LoginResults({ results, places }: LoginResultsProps) {
  const t = useTranslations('support.page')
  if (results.length === 0) return <p className="text-ink-muted">{t('noLogins')}</p>
  const older = results.slice(SHOWN_AT_ONCE)
  return (
    <>
      <ResultList results={results.slice(0, SHOWN_AT_ONCE)} places={places} />
      {older.length === 0 ? null : (
        <Disclosure summary={t('olderLogins', { count: older.length })}>
          <ResultList results={older} places={places} />
        </Disclosure>
      )}
    </>
  )
}

function ResultList({ results, places }: LoginResultsProps) {
  return (
    <ul className="divide-y divide-line">
      {results.map((result) => (
        <Result key={result.id} result={result} places={places} />
      ))}
    </ul>
  )
}

function Result({ result, places }: { result: LoginResult; places: Places }) {
  const t = useTranslations('support.page')
  const doctor = useTranslations('doctor')
  const services = useTranslations('events.service')
  const format = useFormatter()
  const { at, since, times, listener, address, diagnosis } = result
  const moment = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' })
  const where = t('loginFrom', { service: services(serviceOf(listener)), address })
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <StatusBadge tone={diagnosis.tone}>{doctor(`tone.${diagnosis.tone}`)}</StatusBadge>
        <time dateTime={at}>{moment(at)}</time>
        <span className="min-w-0 break-words text-ink-muted">{where}</span>
      </p>
      {times === 1 ? null : <p className="text-ink-muted">{t('loginTimes', { times, since: moment(since) })}</p>}
      <DiagnosisText diagnosis={diagnosis} places={places} level="h4" className="mt-1" />
    </li>
  )
}
