/** Our own MTA-STS policy (RFC 8461 §3.2): other servers find the MX host in it, and fetch it again when its id changes. */
import { createHash } from 'node:crypto'
import type { MtaStsEnv } from '#lib/env/mta-sts.ts'

const MAX_AGE_SECONDS = 604_800
/** RFC 8461 §3.1: at most 32 letters and digits */
const ID_CHARACTERS = 20

export function mtaStsPolicy(mode: MtaStsEnv['mode'], mxHost: string): string {
  return ['version: STSv1', `mode: ${mode}`, `mx: ${mxHost}`, `max_age: ${MAX_AGE_SECONDS}`, ''].join('\r\n')
}

export function mtaStsRecordText(policy: string): string {
  return `v=STSv1; id=${createHash('sha256').update(policy).digest('hex').slice(0, ID_CHARACTERS)};`
}
