import { useFormatter, useTranslations } from 'next-intl'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { BoardRow } from '#lib/move/move-board.ts'
import type { MoveState } from '#lib/move/move-state.ts'
import { openCustomerAction } from '../actions.ts'
import { CallNoteForm } from './call-note-form.tsx'

const tones: Readonly<Record<MoveState, BadgeTone>> = {
  failing: 'bad',
  half: 'waiting',
  untouched: 'off',
  done: 'good',
}

/** One mailbox of the call list: how far it has come, what stopped it, what came of calling. */
export function BoardItem({ row }: { row: BoardRow }) {
  const t = useTranslations('moveBoard')
  const { mailboxId, customerId, address, name, state, seen, lastNote } = row
  return (
    <li className="space-y-3 rounded-12 border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 className="min-w-0 text-std-18B-160">
          {t('customer', { name })}
          <span className="ml-3 break-all text-std-16N-170">{address}</span>
        </h2>
        <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
      </div>
      <Seen seen={seen} state={state} />
      {lastNote === null ? null : <LastNote note={lastNote} />}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <form action={openCustomerAction}>
          <input type="hidden" name="customerId" value={customerId} />
          <input type="hidden" name="reason" value={t('openReason')} />
          <SubmitButton tone="secondary">
            {t('open')}
            <span className="sr-only">{name}</span>
          </SubmitButton>
        </form>
      </div>
      <Disclosure summary={t('addNote')}>
        <CallNoteForm mailboxId={mailboxId} />
      </Disclosure>
    </li>
  )
}

function Seen({ seen, state }: { seen: BoardRow['seen']; state: MoveState }) {
  const t = useTranslations('moveBoard.seen')
  const reasons = useTranslations('events.reason')
  const format = useFormatter()
  const time = (moment: Date | null) =>
    moment === null ? t('never') : format.dateTime(moment, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      {state === 'failing' && seen.refusedAt !== null ? (
        <p>
          {t('refused', { time: time(seen.refusedAt) })}{' '}
          {seen.refusedFor === null ? null : reasons(`${seen.refusedFor}.what`)}
        </p>
      ) : null}
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2 lg:grid-cols-4">
        {(['newReceiving', 'newSending', 'oldReceiving', 'oldSending'] as const).map((what) => (
          <div key={what}>
            <dt className="text-ink-muted">{t(what)}</dt>
            <dd>{time(seen[what])}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function LastNote({ note: { outcome, note, at } }: { note: NonNullable<BoardRow['lastNote']> }) {
  const t = useTranslations('moveBoard')
  const format = useFormatter()
  const time = format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <p className="rounded-8 bg-sunken p-3">
      <span className="text-std-16B-170">{t(`outcome.${outcome}`)}</span> <span className="text-ink-muted">{time}</span>
      <br />
      {note}
    </p>
  )
}
