/** Questions to the audit trail. `npm run audit:verify` checks whether it is whole. */
import { exportTrail } from '#lib/audit/export-trail.ts'
import { whoWasAffected } from '#lib/audit/who-was-affected.ts'
import { type Command, type Context, UsageError } from '../command.ts'

const stretch = { from: { type: 'string' }, to: { type: 'string' } } as const

const exportAudit: Command = {
  name: 'audit export',
  takes: '--from TIME [--to TIME]',
  summary: 'prints a stretch of the audit trail, one JSON object a line; that is on record itself',
  options: stretch,
  changes: false,
  async run(context) {
    for await (const line of await exportTrail(context.actor, stretchOf(context))) context.say(line.trimEnd())
    return 0
  },
}

const affected: Command = {
  name: 'audit affected',
  takes: '--from TIME [--to TIME] [--action ACTION] [--by LOGIN]',
  summary: 'prints whose mailboxes were affected, by what, and how often',
  options: { ...stretch, action: { type: 'string' }, by: { type: 'string' } },
  changes: false,
  async run(context) {
    const [action, by] = [context.option('action'), context.option('by')]
    const asked = { ...stretchOf(context), ...(action && { action }), ...(by && { by }) }
    const { mailboxes, general, isCut } = await whoWasAffected(context.actor, asked)
    for (const { mailboxId, address, contractNumber, records, actions } of mailboxes) {
      context.say([address ?? `mailbox ${mailboxId}`, contractNumber ?? '', records, actions.join(',')].join('\t'))
    }
    for (const each of general) context.say(`everybody\t${each.at.toISOString()}\t${each.action}\t${each.subject}`)
    if (isCut) throw new UsageError('there are more; choose a shorter time')
    return 0
  },
}

function stretchOf(context: Context): { from: Date; to: Date } {
  const from = momentOf(context.option('from') ?? '')
  return { from, to: momentOf(context.option('to') ?? new Date().toISOString()) }
}

function momentOf(text: string): Date {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw new UsageError(`"${text}" is no time such as 2026-11-28T09:00:00+09:00`)
  return moment
}

export const auditCommands = [exportAudit, affected]
