/** What every interop test stands on: an engine with people, and the record of what ran. */
import { setTimeout as delay } from 'node:timers/promises'
import { prisma } from '#lib/db/prisma.ts'
import { packageVersion } from './clients/run-client.ts'
import { type EngineOptions, startEngine, type TestEngine } from './engine.ts'
import { eventWhere } from './events.ts'
import { appendRun, type InteropFacts, type InteropRun } from './interop-record.ts'
import type { TestMailbox, TestSubscriber } from './mailbox.ts'

/** Runs a try with a client and appends its result to the record. @param client the name of its Debian package */
export async function recorded(facts: InteropFacts, attempt: () => Promise<void>): Promise<void> {
  const since = new Date()
  let result: InteropRun['result'] = 'failed'
  try {
    await attempt()
    result = 'passed'
  } finally {
    const tlsVersion = facts.tls === 'none' ? null : await tlsVersionSince(since)
    appendRun({ ...facts, version: packageVersion(facts.client), date: since.toISOString(), tlsVersion, result })
  }
}

async function tlsVersionSince(since: Date): Promise<string | null> {
  const seen = await prisma().protocolEvent.findFirst({
    where: { kind: 'login', at: { gte: since }, tlsVersion: { not: null } },
    orderBy: { id: 'desc' },
  })
  return seen?.tlsVersion ?? null
}

export type InteropRig = {
  readonly engine: TestEngine
  /** SMTP AUTH */
  readonly taro: TestMailbox
  /** POP before SMTP */
  readonly jiro: TestSubscriber
  /** The password as a mail program would have it: no spaces or capitals, groups with hyphens. */
  stop(): Promise<void>
}

export async function startInteropRig(options: Pick<EngineOptions, 'policy'> = {}): Promise<InteropRig> {
  const engine = await startEngine(options)
  const taro = await engine.addMailbox('taro')
  const jiro = await engine.addMailbox('jiro', { popBeforeSmtp: true })
  return { engine, taro, jiro, stop: () => engine.stop() }
}

let subjects = 0

/** A subject that no other message has. */
export function newSubject(client: string): string {
  subjects += 1
  return `interop-${client}-${process.pid}-${String(subjects).padStart(3, '0')}`
}

export function letter(from: string, to: string, subject: string): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${subject}@client.example>`,
    '',
    'hello',
    '.',
    'the line above is a dot',
    '',
  ].join('\n')
}

const ARRIVAL_MS = 5_000

/** Waits until a message with this subject is in the mailbox. @returns its bytes as they are stored */
export async function arrived(mailbox: TestMailbox, subject: string): Promise<string> {
  for (const deadline = Date.now() + ARRIVAL_MS; Date.now() < deadline; await delay(50)) {
    const message = await messageWith(mailbox, subject)
    if (message === null) continue
    const body = await prisma().body.findUniqueOrThrow({
      where: { mailboxId_id: { mailboxId: mailbox.id, id: message.bodyId } },
    })
    return Buffer.from(body.content).toString('latin1')
  }
  throw new Error(`no message "${subject}" for ${mailbox.address}`)
}

/** What the engine says about a login since `since`: the mechanism is what the client really did. */
export async function loginMechanism(listener: string, since: Date): Promise<string> {
  const { mechanism } = await eventWhere({ kind: 'login', listener, at: { gte: since } })
  return mechanism ?? 'none'
}

/** Waits until the engine has written down that a password was wrong. */
export async function loginRefused(listener: string, since: Date): Promise<void> {
  await eventWhere({ kind: 'refusal', reason: 'badCredentials', listener, at: { gte: since } })
}

export async function hasMessage(mailbox: TestMailbox, subject: string): Promise<boolean> {
  return (await messageWith(mailbox, subject)) !== null
}

function messageWith(mailbox: TestMailbox, subject: string) {
  return prisma().message.findFirst({ where: { mailboxId: mailbox.id, envelope: { contains: subject } } })
}
