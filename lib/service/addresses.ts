/** Where everything is, for scripts: `addresses.json` in the data directory, there while the service answers. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PortName, Ports } from './listening-ports.ts'
import { writeAtomically } from './write-atomically.ts'

export type MailAddressOnWire = {
  readonly host: string
  readonly port: number
  readonly tls: 'none' | 'starttls' | 'implicit'
}
export type MailListener = Exclude<PortName, 'portal'>
export type Addresses = { readonly portal?: string } & { readonly [Name in MailListener]?: MailAddressOnWire }

const tlsOf: Readonly<Record<MailListener, MailAddressOnWire['tls']>> = {
  mx: 'starttls',
  smtp: 'starttls',
  submission: 'starttls',
  submissions: 'implicit',
  submissionLegacy: 'starttls',
  pop3: 'starttls',
  pop3s: 'implicit',
  imap: 'starttls',
  imaps: 'implicit',
  managesieve: 'starttls',
}

export const mailListeners = Object.keys(tlsOf) as MailListener[]

/** @param portalUrl null where the portal runs on another machine */
export function addressesOf(ports: Ports, bindAddress: string, portalUrl: string | null): Addresses {
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[bindAddress] ?? bindAddress
  const mail = mailListeners.flatMap((name) => {
    const port = ports[name]
    return port === undefined ? [] : [[name, { host, port, tls: tlsOf[name] }] as const]
  })
  return { ...(portalUrl === null ? {} : { portal: portalUrl }), ...Object.fromEntries(mail) }
}

const fileIn = (dataDirectory: string) => join(dataDirectory, 'addresses.json')

export function publishAddresses(dataDirectory: string, addresses: Addresses): void {
  writeAtomically(fileIn(dataDirectory), `${JSON.stringify(addresses, null, 2)}\n`, 0o644)
}

export function withdrawAddresses(dataDirectory: string): void {
  rmSync(fileIn(dataDirectory), { force: true })
}
