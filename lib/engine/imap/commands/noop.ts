import type { AnyCommand } from '../command.ts'
import { ok } from '../reply.ts'

/** What has changed in the selected folder is told with every reply; for this one the database is asked. */
export const noop: AnyCommand = {
  state: 'any',
  run(_session, args) {
    args.end()
    return ok('Done')
  },
}
