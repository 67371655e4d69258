/**
 * IDLE (RFC 9051 §6.3.13): changes are sent as they happen, until the client says DONE.
 *
 * Guarantees: one look at the database at a time per session, however many changes there are; a client that idles too
 * long is logged out like any other (the deadline is the reader's).
 */
import type { SignedInCommand } from '../command.ts'
import { IDLE_MS } from '../limits.ts'
import { bad, no, ok, type Reply } from '../reply.ts'
import { readResponseLine } from '../response-line.ts'
import { FolderDeleted } from '../selected-folder.ts'
import type { SignedInSession } from '../session.ts'

/** Routers on the way forget connections that say nothing. */
const STILL_HERE_MS = 240_000
const MAX_LINE_BYTES = 64

class Pusher {
  readonly #session: SignedInSession
  #running: Promise<void> | null = null
  #isWanted = false
  isDeleted = false

  constructor(session: SignedInSession) {
    this.#session = session
  }

  readonly push = (): void => {
    this.#isWanted = true
    this.#running ??= this.#pushAll()
  }

  async #pushAll(): Promise<void> {
    const { folder, untagged, services } = this.#session
    try {
      while (this.#isWanted && folder !== null) {
        this.#isWanted = false
        await folder.update(untagged, { mayExpunge: true, isCertain: false })
      }
    } catch (error) {
      if (error instanceof FolderDeleted) this.isDeleted = true
      else services.onFault(error)
    } finally {
      this.#running = null
    }
  }

  async stop(): Promise<void> {
    this.#isWanted = false
    await this.#running
  }
}

async function run(session: SignedInSession): Promise<Reply> {
  const { folder } = session
  const pusher = new Pusher(session)
  session.write('+ idling\r\n')
  const timer = setInterval(() => session.untagged('OK Still here'), STILL_HERE_MS)
  if (folder) folder.onChange = pusher.push
  pusher.push()
  try {
    const line = await readResponseLine(session, { maxBytes: MAX_LINE_BYTES, timeoutMs: IDLE_MS })
    session.recorder.line('C', 'DONE')
    if (!/^done$/i.test(line.toString('latin1'))) return bad('DONE was expected')
  } finally {
    clearInterval(timer)
    if (folder) folder.onChange = null
    await pusher.stop()
  }
  return pusher.isDeleted ? no('The folder was deleted', 'NONEXISTENT') : ok('Done')
}

export const idle: SignedInCommand = {
  state: 'signedIn',
  run(session, args) {
    args.end()
    return run(session)
  },
}
