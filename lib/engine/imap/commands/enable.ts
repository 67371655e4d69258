/** RFC 5161. Names that mean nothing here are ignored, as §3.1 wants. */
import type { SignedInCommand } from '../command.ts'
import type { Enabled } from '../enabled.ts'
import { ok } from '../reply.ts'

/** @returns whether it is on only since now */
type SwitchOn = (enabled: Enabled) => boolean

const switches: Readonly<Record<string, { readonly name: string; readonly on: SwitchOn }>> = {
  CONDSTORE: { name: 'CONDSTORE', on: (enabled) => turn(enabled, 'condstore') },
  // QRESYNC brings CONDSTORE with it (RFC 7162 §3.2.3).
  QRESYNC: { name: 'QRESYNC', on: (enabled) => turn(enabled, 'qresync') && (turn(enabled, 'condstore') || true) },
  IMAP4REV2: { name: 'IMAP4rev2', on: (enabled) => turn(enabled, 'rev2') },
  'UTF8=ACCEPT': { name: 'UTF8=ACCEPT', on: (enabled) => turn(enabled, 'utf8Accept') },
}

function turn(enabled: Enabled, what: 'condstore' | 'qresync' | 'rev2' | 'utf8Accept'): boolean {
  const isNew = !enabled[what]
  enabled[what] = true
  return isNew
}

export const enable: SignedInCommand = {
  state: 'signedIn',
  run(session, args) {
    const names: string[] = []
    do {
      args.space()
      names.push(args.atom().toUpperCase())
    } while (!args.isAtEnd)
    const fresh = names.flatMap((name) => {
      const known = Object.hasOwn(switches, name) ? switches[name] : undefined
      return known?.on(session.enabled) ? [` ${known.name}`] : []
    })
    session.untagged(`ENABLED${fresh.join('')}`)
    return ok('Done')
  },
}
