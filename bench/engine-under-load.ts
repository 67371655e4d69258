/**
 * The engine as it serves: its real worker processes on an embedded PostgreSQL with the service's own settings, on
 * the disk. Only the policy differs from the built-in one: login without TLS is allowed, and nobody reaches a limit.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { startEmbeddedDatabase } from '#lib/service/embedded-database.ts'
import { type Ports, startEngine } from '#tests/support/engine.ts'
import { fillMailbox } from '#tests/support/pop3-talk.ts'
import type { ServerParts } from './load-job.ts'
import { messageText } from './message-text.ts'
import type { Sender } from './smtp-conversation.ts'

export type EngineUnderLoad = {
  readonly directory: string
  readonly ports: Ports
  readonly authorityFile: string
  readonly parts: ServerParts
  readonly senders: readonly Sender[]
  /** Their mailboxes hold `messages` messages each. */
  readonly readers: readonly Sender[]
  stop(): Promise<void>
}

export type EngineSettings = {
  readonly workers: number
  readonly senders: number
  readonly readers: number
  readonly messages: number
  /** of the workers, on top of this process's own */
  readonly environment: Readonly<Record<string, string>>
}

function openToLoad({ listeners, submission }: PolicyDocument): void {
  listeners.submission.requireTls = false
  listeners.pop3.requireTls = false
  listeners.imap.requireTls = false
  submission.limits.maxRecipientsPerHour = 1_000_000
  submission.limits.maxRecipientsPerDay = 1_000_000
}

export async function startEngineUnderLoad(settings: EngineSettings): Promise<EngineUnderLoad> {
  const directory = mkdtempSync(join(tmpdir(), 'mail-bench-'))
  const database = await startEmbeddedDatabase(directory)
  process.env.TEST_DATABASE_SERVER = database.adminUrl
  const engine = await startEngine({ workers: settings.workers, environment: settings.environment, policy: openToLoad })

  async function addPeople(kind: string, count: number, messages: number): Promise<Sender[]> {
    const people: Sender[] = []
    for (let number = 1; number <= count; number += 1) {
      const { id, address, credential } = await engine.addMailbox(`${kind}${number}`)
      const texts = Array.from({ length: messages }, (_, index) => messageText(address, `${number}.${index}`))
      if (texts.length > 0) await fillMailbox(engine, id, texts)
      people.push({ address, username: credential.username, password: credential.password })
    }
    return people
  }

  return {
    directory,
    ports: engine.ports,
    authorityFile: engine.authorityFile,
    parts: { workers: engine.workers.map(({ pid }) => pid ?? 0), database: [database.processId] },
    senders: await addPeople('sender', settings.senders, 0),
    readers: await addPeople('reader', settings.readers, settings.messages),
    async stop() {
      await engine.stop()
      await database.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
