/**
 * Short messages to telephones. With a gateway of the operator's, it is given `{ "to": "+81…", "text": "…" }` as JSON and
 * answers 2xx. Without one only the fact is logged, never the text; a trial machine writes the text into a file that
 * only the operator can read.
 */
import { appendFile } from 'node:fs/promises'
import type { PhoneGatewayEnv } from '#lib/env/phone-gateway.ts'

export interface PhoneGateway {
  /** @throws when the gateway did not take it */
  send(to: string, text: string): Promise<void>
}

type Log = { readonly info: (content: object, message: string) => void }

const TIMEOUT_MS = 10_000

export function openPhoneGateway({ url, token, trialFile }: PhoneGatewayEnv, log: Log): PhoneGateway {
  return url === null ? logOnly(trialFile, log) : httpGateway(url, token)
}

/** "+8131234•••••": enough to know it again. */
export function maskedNumber(number: string): string {
  const shown = Math.ceil(number.length / 2)
  return number.slice(0, shown) + '•'.repeat(number.length - shown)
}

function logOnly(trialFile: string | null, log: Log): PhoneGateway {
  return {
    async send(to, text) {
      log.info({ to: maskedNumber(to) }, 'no telephone gateway is configured: a message was not sent')
      if (trialFile === null) return
      await appendFile(trialFile, `${JSON.stringify({ at: new Date().toISOString(), to, text })}\n`, { mode: 0o600 })
    },
  }
}

function httpGateway(url: string, token: string | null): PhoneGateway {
  return {
    async send(to, text) {
      const headers = new Headers({ 'content-type': 'application/json' })
      if (token !== null) headers.set('authorization', `Bearer ${token}`)
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ to, text }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      if (!answer.ok) throw new Error(`the telephone gateway answered ${answer.status}`)
    },
  }
}
