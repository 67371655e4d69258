/** What the load generator is told, and what it says when it has done it. */
import type { Sender } from './smtp-conversation.ts'

export type Conversation = 'message per connection' | 'messages on one connection' | 'POP3 session'

export type ServerParts = Readonly<Record<string, readonly number[]>>

export type LoadJob = {
  readonly conversation: Conversation
  readonly port: number
  /** of the certificate authority that the server's certificate is checked against; null: in clear */
  readonly authorityFile: string | null
  /** Each connection has people of its own, so there are at least as many as connections. */
  readonly people: readonly Sender[]
  readonly connections: number
  readonly warmUpSeconds: number
  readonly seconds: number
  /** the parts of the server by name, each with its processes; their children are found */
  readonly serverParts: ServerParts
}

export type LoadResult = {
  /** messages accepted, or sessions that went well */
  readonly operations: number
  readonly perSecond: number
  /** what went wrong, and how often */
  readonly failures: Readonly<Record<string, number>>
  /** from the last byte of a message to its 250; for POP3 the whole session */
  readonly p50Ms: number | null
  readonly p99Ms: number | null
  /** processor time of each part of the server */
  readonly serverMsPerOperation: Readonly<Record<string, number>>
  readonly generatorMsPerOperation: number
  /** processors that were kept busy by something that is neither server nor generator */
  readonly otherProcessors: number
}
