/** What broke between us and a source, as one of the problems that people read about. */
import { SourceFailed } from './source.ts'

const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'ECONNECTIONTIMEOUT']
const lost = [
  'ECONNRESET',
  'EPIPE',
  'NoConnection',
  'EConnectionClosed',
  'ClosedAfterConnectTLS',
  'ClosedAfterConnectText',
]
const late = ['ETIMEDOUT', 'ETIMEOUT', 'GREETING_TIMEOUT', 'CONNECT_TIMEOUT', 'UPGRADE_TIMEOUT', 'ConnectionTimeout']
const insecure = /CERT|^ERR_SSL|^ERR_TLS|SELF_SIGNED|UNABLE_TO_|STARTTLS|tlsFailed|EPROTO/i
const refusedForNow = ['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'ETHROTTLE', 'THROTTLED']

export function failureOf(error: unknown): SourceFailed {
  if (error instanceof SourceFailed) return error
  const told: Partial<Told> & Error = error instanceof Error ? error : new Error(String(error))
  const code = told.code ?? ''
  const made = (problem: SourceFailed['problem']) =>
    new SourceFailed(problem, `${code} ${told.message}`, { cause: error })
  if (refusedForNow.includes(told.serverResponseCode ?? '')) return made('sourceBusy')
  if (told.authenticationFailed === true) return made('loginRefused')
  if (told.tlsFailed === true || insecure.test(code)) return made('tlsFailed')
  if (unreachable.includes(code)) return made('unreachable')
  if (late.includes(code)) return made('timedOut')
  if (lost.includes(code)) return made('connectionLost')
  if (told.responseStatus === 'NO') return made('folderUnreadable')
  return made('protocolBroken')
}

/** What the IMAP library and Node write on their errors. */
type Told = {
  code: string
  authenticationFailed: boolean
  tlsFailed: boolean
  serverResponseCode: string
  responseStatus: string
}
