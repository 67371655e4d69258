/** What the load generator is told, and what it says when it has done it. */
import type { Sender } from './smtp-conversation.ts'

export const sendingConversations = [
  'message per connection',
  'messages on one connection',
  'inbound message per connection',
  'inbound messages on one connection',
] as const
export const readingConversations = ['POP3 session', 'IMAP session'] as const

export type Conversation = (typeof sendingConversations)[number] | (typeof readingConversations)[number]

export type ServerParts = Readonly<Record<string, readonly number[]>>

export type Security =
  | { readonly kind: 'none' }
  /** @param authorityFile of the authority that the server's certificate is checked against */
  | { readonly kind: 'implicit' | 'starttls'; readonly authorityFile: string }

export type LoadJob = {
  readonly conversation: Conversation
  readonly port: number
  readonly security: Security
  /** Each connection has people of its own, so there are at least as many as connections. */
  readonly people: readonly Sender[]
  readonly connections: number
  readonly warmUpSeconds: number
  readonly seconds: number
  /** the parts of the server by name, each with its processes; their children are found */
  readonly serverParts: ServerParts
  /** of an IMAP server where what was sent can be counted; null: nobody can read it */
  readonly countingPort: number | null
}

export type LoadResult = {
  /** messages accepted, or sessions that went well */
  readonly operations: number
  readonly perSecond: number
  /** until the last of the messages could be seen by IMAP; null for what sends none, or where nobody can look */
  readonly deliveredPerSecond: number | null
  /** what went wrong, and how often */
  readonly failures: Readonly<Record<string, number>>
  /** from the last byte of a message to its 250; for reading the whole session */
  readonly p50Ms: number | null
  readonly p99Ms: number | null
  /** processor time of each part of the server */
  readonly serverMsPerOperation: Readonly<Record<string, number>>
  readonly generatorMsPerOperation: number
  /** processors that were kept busy by something that is neither server nor generator */
  readonly otherProcessors: number
}
