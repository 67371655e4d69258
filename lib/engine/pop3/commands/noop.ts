import type { MailboxCommand } from '../command.ts'

export const noop: MailboxCommand = {
  state: 'transaction',
  run(session) {
    session.ok('Nothing done')
    return 'continue'
  },
}
