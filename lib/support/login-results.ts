/**
 * How logins to a mailbox went lately, each with what the doctor says of it; the same thing again and again is one.
 * Nothing of what was sent: of sending, only that nobody had received before (POP before SMTP).
 */
import type { MailboxView } from '#lib/accounts/index.ts'
import { loginEvents } from '#lib/activity/list-events.ts'
import { prisma } from '#lib/db/prisma.ts'
import { loadDoctorFacts } from '#lib/doctor/load-facts.ts'
import { type DiagnosedSession, diagnosedSession, sessionsOf } from '#lib/doctor/sessions.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'

export type LoginResult = DiagnosedSession & {
  readonly times: number
  /** of the first of them */
  readonly since: string
}

const EVENTS_READ = 200
const RESULTS_SHOWN = 10

const windowReasons: ReasonId[] = ['relayWindowMissing', 'relayWindowNotOffered', 'popBeforeSmtpDisabled']
const resultEvents = { OR: [...loginEvents.OR, { kind: 'refusal', reason: { in: windowReasons } }] }

export async function loginResults(mailbox: MailboxView): Promise<LoginResult[]> {
  const rows = await prisma().protocolEvent.findMany({
    where: { mailboxId: mailbox.id, ...resultEvents },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: EVENTS_READ,
  })
  const facts = await loadDoctorFacts([mailbox], rows.at(-1)?.at ?? new Date())
  const diagnosed = sessionsOf(rows.toReversed()).map((session) => diagnosedSession(session, facts))
  return foldAlike(diagnosed.toSorted((one, other) => other.at.localeCompare(one.at))).slice(0, RESULTS_SHOWN)
}

/** @param sessions newest first */
function foldAlike(sessions: readonly DiagnosedSession[]): LoginResult[] {
  const folded: LoginResult[] = []
  for (const session of sessions) {
    const last = folded.at(-1)
    const isAlike = last?.diagnosis.id === session.diagnosis.id && last.listener === session.listener
    if (last !== undefined && isAlike) folded[folded.length - 1] = { ...last, times: last.times + 1, since: session.at }
    else folded.push({ ...session, times: 1, since: session.at })
  }
  return folded
}
