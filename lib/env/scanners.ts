/** The scanners of viruses and spam that run beside us, if any. */
import { z } from 'zod'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const clamdProblem = 'must be unix:/path/of/the/socket or tcp://host:port'
const rspamdProblem = 'must be an http URL such as http://127.0.0.1:11333'

const clamd = z.string().transform((text, context): SocketAddress => {
  const path = /^unix:(\/.{1,107})$/.exec(text)?.[1]
  if (path !== undefined) return { path }
  const url = URL.parse(text)
  if (url?.protocol === 'tcp:' && url.hostname !== '' && url.port !== '') {
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) }
  }
  context.addIssue({ code: 'custom', message: clamdProblem })
  return z.NEVER
})

const rspamd = z
  .string()
  .refine((text) => URL.parse(text)?.protocol === 'http:' && URL.parse(text)?.pathname === '/', rspamdProblem)
  .transform((text) => new URL(text).origin)

const schema = z.object({ CLAMD: clamd.optional(), RSPAMD: rspamd.optional() })

export type SocketAddress = { readonly path: string } | { readonly host: string; readonly port: number }

export type ScannersEnv = {
  /** where clamd listens */
  readonly clamd: SocketAddress | null
  /** the origin of rspamd's normal worker */
  readonly rspamd: string | null
}

export function readScannersEnv(environment: Environment): ScannersEnv {
  const { CLAMD, RSPAMD } = readEnvironment(schema, environment)
  return { clamd: CLAMD ?? null, rspamd: RSPAMD ?? null }
}

export const scannersEnv = oncePerProcess(readScannersEnv)
