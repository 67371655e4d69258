/** The parameters of MAIL and RCPT that we offer: SIZE, BODY, SMTPUTF8, AUTH, RET, ENVID; NOTIFY, ORCPT. */
import type { DsnNotify } from '../../delivery/accepted-message.ts'

export type MailParameters = {
  readonly declaredBytes: number | null
  readonly utf8: boolean
  readonly eightBit: boolean
  readonly returnFull: boolean
  readonly envelopeId: string | null
}

export type RcptParameters = { readonly notify: readonly DsnNotify[]; readonly originalRecipient: string | null }

/** `unknown`: 555 (RFC 5321 §4.1.1.11); `malformed`: 501 */
export type ParameterFault = 'unknown' | 'malformed'

/** RFC 3461 §4: printable ASCII but "+" and "=", which stand as "+XX". */
const XTEXT = /^(?:[\x21-\x2a\x2c-\x3c\x3e-\x7e]|\+[0-9A-F]{2})*$/
const MAX_ENVELOPE_ID = 100
const MAX_ORIGINAL_RECIPIENT = 500
const notifyValues: readonly DsnNotify[] = ['success', 'failure', 'delay']

type Given = ReadonlyMap<string, string | null>

export function readMailParameters(given: Given): MailParameters | ParameterFault {
  let declaredBytes: number | null = null
  let eightBit = false
  let returnFull = false
  let envelopeId: string | null = null
  for (const [keyword, value] of given) {
    if (keyword === 'SIZE') {
      if (!/^\d{1,20}$/.test(value ?? '')) return 'malformed'
      declaredBytes = Number(value)
    } else if (keyword === 'BODY') {
      if (!/^(7BIT|8BITMIME)$/i.test(value ?? '')) return 'malformed'
      eightBit = value?.toUpperCase() === '8BITMIME'
    } else if (keyword === 'RET') {
      if (!/^(FULL|HDRS)$/i.test(value ?? '')) return 'malformed'
      returnFull = value?.toUpperCase() === 'FULL'
    } else if (keyword === 'ENVID') {
      if (value === null || value.length > MAX_ENVELOPE_ID || !XTEXT.test(value)) return 'malformed'
      envelopeId = value
    } else if (keyword === 'SMTPUTF8') {
      if (value !== null) return 'malformed'
    } else if (keyword !== 'AUTH') {
      // AUTH= (RFC 4954 §5) claims who submitted first; we trust no such claim, and say so by ignoring it.
      return 'unknown'
    }
  }
  return { declaredBytes, utf8: given.has('SMTPUTF8'), eightBit, returnFull, envelopeId }
}

export function readRcptParameters(given: Given): RcptParameters | ParameterFault {
  let notify: readonly DsnNotify[] = []
  let originalRecipient: string | null = null
  for (const [keyword, value] of given) {
    if (keyword === 'NOTIFY') {
      const read = readNotify(value ?? '')
      if (read === null) return 'malformed'
      notify = read
    } else if (keyword === 'ORCPT') {
      const isReadable = /^[A-Za-z0-9-]+;/.test(value ?? '') && XTEXT.test((value ?? '').replace(/^[^;]*;/, ''))
      if (value === null || value.length > MAX_ORIGINAL_RECIPIENT || !isReadable) return 'malformed'
      originalRecipient = value
    } else return 'unknown'
  }
  return { notify, originalRecipient }
}

function readNotify(value: string): readonly DsnNotify[] | null {
  if (value.toUpperCase() === 'NEVER') return ['never']
  const words = value.toLowerCase().split(',')
  const known = notifyValues.filter((name) => words.includes(name))
  return known.length === words.length ? known : null
}
