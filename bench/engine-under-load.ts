/**
 * The engine as it serves: its real worker processes on an embedded PostgreSQL with the service's own settings, on
 * the disk. Only the policy differs from the built-in one: login without TLS is allowed, and nobody reaches a limit.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { startEmbeddedDatabase } from '#lib/service/embedded-database.ts'
import { engineNodeOptions } from '#lib/service/engine-node-options.ts'
import { startEngine } from '#tests/support/engine.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { fillMailbox } from '#tests/support/pop3-talk.ts'
import { fillFolder } from './imap-folder.ts'
import { MAILBOX_MESSAGES, type MailServer, type People, SCRIPT_RULES, SORTERS } from './mail-server.ts'
import { messageText } from './message-text.ts'
import { rulesScript } from './rules.ts'
import type { Sender } from './smtp-conversation.ts'

export type EngineUnderLoad = MailServer & {
  readonly directory: string
  readonly people: People
  stop(): Promise<void>
}

export type EngineSettings = {
  readonly workers: number
  /** how many senders, and how many readers */
  readonly people: number
  /** in the folder of the hoarder */
  readonly folderMessages: number
  /** of the workers, on top of the service's own */
  readonly nodeOptions: readonly string[]
}

function openToLoad({ listeners, submission }: PolicyDocument): void {
  listeners.submission.requireTls = false
  listeners.pop3.requireTls = false
  listeners.imap.requireTls = false
  submission.limits.maxRecipientsPerHour = 1_000_000
  submission.limits.maxRecipientsPerDay = 1_000_000
  submission.limits.maxRecipientsPerCredentialPerDay = 1_000_000
}

const asSender = ({ address, credential }: TestMailbox): Sender => ({
  address,
  username: credential.username,
  password: credential.password,
})

export async function startEngineUnderLoad(settings: EngineSettings): Promise<EngineUnderLoad> {
  const directory = mkdtempSync(join(tmpdir(), 'mail-bench-'))
  const database = await startEmbeddedDatabase(directory)
  process.env.TEST_DATABASE_SERVER = database.adminUrl
  const nodeOptions = [...engineNodeOptions, ...settings.nodeOptions].join(' ')
  const environment = { NODE_OPTIONS: nodeOptions }
  const engine = await startEngine({ workers: settings.workers, environment, policy: openToLoad })

  async function addPeople(kind: string, count: number, furnish: (mailbox: TestMailbox) => Promise<unknown>) {
    const people: Sender[] = []
    for (let number = 1; number <= count; number += 1) {
      const mailbox = await engine.addMailbox(`${kind}${number}`)
      await furnish(mailbox)
      people.push(asSender(mailbox))
    }
    return people
  }

  function addLetters({ id, address }: TestMailbox): Promise<void> {
    const texts = Array.from({ length: MAILBOX_MESSAGES }, (_, index) => messageText(address, `${id}.${index}`))
    return fillMailbox(engine, id, texts)
  }

  async function addScript({ id }: TestMailbox): Promise<void> {
    const { prisma } = await import('#lib/db/prisma.ts')
    const content = rulesScript(SCRIPT_RULES)
    await prisma().sieveScript.create({ data: { mailboxId: id, name: 'bench', content, isActive: true } })
  }

  async function addHoarder(): Promise<Sender> {
    const mailbox = await engine.addMailbox('hoarder')
    await fillFolder(engine, mailbox, settings.folderMessages)
    return asSender(mailbox)
  }

  return {
    name: 'engine',
    directory,
    ports: engine.ports,
    authorityFile: engine.authorityFile,
    parts: { workers: engine.workers.map(({ pid }) => pid ?? 0), database: [database.processId] },
    people: {
      senders: await addPeople('sender', settings.people, async () => {}),
      readers: await addPeople('reader', settings.people, addLetters),
      sorters: await addPeople('sorter', SORTERS, addScript),
      hoarder: await addHoarder(),
    },
    async stop() {
      await engine.stop()
      await database.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
