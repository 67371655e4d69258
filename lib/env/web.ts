/** The portal's public address, the secret of its sessions, and what it asks of staff. */
import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { readPortsEnv } from './ports.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'
import { readSecretsEnv } from './secrets.ts'

const problem = 'must be an http or https URL without a path, such as https://mail.example.net'

const schema = z.object({
  PORTAL_URL: z
    .string()
    .transform((text) => URL.parse(text))
    .refine(
      (url) => url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '',
      problem,
    )
    .transform((url) => url?.origin ?? '')
    .optional(),
  STAFF_PASSKEYS: z.enum(['required', 'offered'], { error: 'must be required or offered' }).optional(),
})

export type WebEnv = {
  /** an origin, without a slash at its end */
  readonly portalUrl: string
  readonly isHttps: boolean
  /** staff reach nothing without a passkey; otherwise they may put it off for a session */
  readonly isPasskeyRequired: boolean
}

export function readWebEnv(environment: Environment): WebEnv {
  const { PORTAL_URL, STAFF_PASSKEYS } = readEnvironment(schema, environment)
  const { bindAddress, portal } = readPortsEnv(environment)
  const portalUrl = PORTAL_URL ?? `http://${reachable(bindAddress)}:${portal}`
  const isHttps = portalUrl.startsWith('https:')
  const isPasskeyRequired = STAFF_PASSKEYS === undefined ? isHttps : STAFF_PASSKEYS === 'required'
  return { portalUrl, isHttps, isPasskeyRequired }
}

/** On a trial machine by its name: browsers make no passkeys for an IP address. */
function reachable(address: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(address)) return 'localhost'
  return address.includes(':') ? `[${address}]` : address
}

export function readNextAuthSecret(environment: Environment): string {
  const { masterKey } = readSecretsEnv(environment)
  return Buffer.from(hkdfSync('sha256', masterKey, '', 'next-auth', 32)).toString('base64url')
}

export const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/** Whether this is a trial machine, which only people at it reach. */
export function isLoopbackUrl(url: string): boolean {
  return loopbackNames.includes(new URL(url).hostname)
}

export const webEnv = oncePerProcess(readWebEnv)
export const nextAuthSecret = oncePerProcess(readNextAuthSecret)
