/** What one connection of the load does again and again. */

import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import { listMailbox } from './imap-conversation.ts'
import { LineClient } from './line-client.ts'
import type { LoadJob } from './load-job.ts'
import { messageText } from './message-text.ts'
import { readMailbox } from './pop3-conversation.ts'
import { openInbound, openSubmission, quitSmtp, type Sender, sendMessage } from './smtp-conversation.ts'

const MESSAGES_PER_CONNECTION = 100
const OUTSIDER = 'somebody@outside.example'

/** What was done: for whom, and the milliseconds that count. */
export type Done = { readonly person: Sender; readonly durationMs: number }

/** An operation, and how to let go of what it kept open. */
export type LoadWorker = { operate(): Promise<Done>; close(): Promise<void> }

export function createLoadWorker(job: LoadJob, people: readonly Sender[]): LoadWorker {
  const { port, security, conversation } = job
  const secure = security.kind === 'none' ? null : createSecureContext({ ca: readFileSync(security.authorityFile) })
  let turn = 0
  const nextPerson = () => people[turn++ % people.length] as Sender
  const connect = () => LineClient.connect(port, security.kind === 'implicit' ? secure : null)
  const open = openingFor(job, security.kind === 'starttls' ? secure : null)
  switch (conversation) {
    case 'POP3 session':
      return perConnection(connect, nextPerson, timed(readMailbox))
    case 'IMAP session':
      return perConnection(connect, nextPerson, timed(listMailbox))
    case 'message per connection':
    case 'inbound message per connection':
      return perConnection(connect, nextPerson, async (client, person) => {
        await open(client, person)
        const durationMs = await sendMessage(client, letterFor(job, person))
        await quitSmtp(client)
        return durationMs
      })
    default:
      return keepAlive(job, connect, open, nextPerson)
  }
}

type Talk = (client: LineClient, person: Sender) => Promise<number>
type Open = (client: LineClient, person: Sender) => Promise<void>

const isInbound = ({ conversation }: LoadJob) => conversation.startsWith('inbound')

function openingFor(job: LoadJob, startTls: SecureContext | null): Open {
  return isInbound(job) ? (client) => openInbound(client, startTls) : openSubmission
}

let serial = 0

/** Who submits writes to themselves, so that the load can count what has arrived. */
function letterFor(job: LoadJob, { address }: Sender) {
  serial += 1
  const text = Buffer.from(`${messageText(address, `${process.pid}.${serial}`)}.\r\n`, 'latin1')
  return { from: isInbound(job) ? OUTSIDER : address, to: address, text }
}

function timed(talk: Open): Talk {
  return async (client, person) => {
    const startedAt = performance.now()
    await talk(client, person)
    return performance.now() - startedAt
  }
}

function perConnection(connect: () => Promise<LineClient>, nextPerson: () => Sender, talk: Talk): LoadWorker {
  return {
    async operate() {
      const person = nextPerson()
      const client = await connect()
      try {
        return { person, durationMs: await talk(client, person) }
      } finally {
        client.close()
      }
    },
    async close() {},
  }
}

function keepAlive(job: LoadJob, connect: () => Promise<LineClient>, open: Open, nextPerson: () => Sender): LoadWorker {
  let kept: { readonly client: LineClient; readonly person: Sender; sent: number } | null = null
  async function close(): Promise<void> {
    const closing = kept
    kept = null
    if (closing !== null) await quitSmtp(closing.client)
  }
  return {
    async operate() {
      try {
        if (kept === null) {
          kept = { client: await connect(), person: nextPerson(), sent: 0 }
          await open(kept.client, kept.person)
        }
        const { client, person } = kept
        const durationMs = await sendMessage(client, letterFor(job, person))
        kept.sent += 1
        if (kept.sent === MESSAGES_PER_CONNECTION) await close()
        return { person, durationMs }
      } catch (error) {
        kept?.client.close()
        kept = null
        throw error
      }
    },
    close,
  }
}
