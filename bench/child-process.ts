/** The bench's own processes: each runs one file of this directory and says one thing, or serves until it is ended. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

type Start = {
  readonly file: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export function startFile({ file, args = [], environment = {} }: Start): ChildProcess {
  return fork(join(import.meta.dirname, file), args, { env: { ...process.env, ...environment } })
}

/** @throws when the process ends without having said anything */
export async function firstMessage<Message>(child: ChildProcess): Promise<Message> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`a process of the bench ended with ${code}`)
    }),
  ])
  return message as Message
}
