import { listAnnouncements } from '#lib/announcements/list-announcements.ts'
import { publishAnnouncement } from '#lib/announcements/publish-announcement.ts'
import { withdrawAnnouncement } from '#lib/announcements/withdraw-announcement.ts'
import { type Command, oneWord } from '../command.ts'

const list: Command = {
  name: 'announcements list',
  takes: '',
  summary: 'prints the announcements, newest first',
  options: {},
  changes: false,
  async run({ actor, say }) {
    for (const { id, state, document } of await listAnnouncements(actor)) say(`${id}\t${state}\t${document.en.title}`)
    return 0
  },
}

const publish: Command = {
  name: 'announcements publish',
  takes: 'ID [--at 2027-01-01T00:00:00Z]',
  summary: 'publishes a draft, now or later',
  options: { at: { type: 'string' } },
  changes: true,
  async run(context) {
    const at = context.option('at')
    const order = { id: oneWord(context, 'id'), publishAt: at === undefined ? null : new Date(at) }
    await context.perform(() => publishAnnouncement(context.actor, order))
    context.say(context.isDryRun ? 'would be published' : 'published')
    return 0
  },
}

const withdraw: Command = {
  name: 'announcements withdraw',
  takes: 'ID',
  summary: 'withdraws one; the reason is shown to everybody',
  options: {},
  changes: true,
  async run(context) {
    const order = { id: oneWord(context, 'id'), reason: context.reason }
    await context.perform(() => withdrawAnnouncement(context.actor, order))
    context.say(context.isDryRun ? 'would be withdrawn' : 'withdrawn')
    return 0
  },
}

export const announcementCommands = [list, publish, withdraw]
