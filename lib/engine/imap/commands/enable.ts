/** RFC 5161. Names that mean nothing here are ignored, as §3.1 wants. */
import type { SignedInCommand } from '../command.ts'
import { ok } from '../reply.ts'

type Switch = 'condstore' | 'qresync' | 'rev2' | 'utf8Accept'
type Extension = { readonly name: string; readonly is: Switch; readonly brings?: Switch }

const extensions: readonly Extension[] = [
  { name: 'CONDSTORE', is: 'condstore' },
  // RFC 7162 §3.2.3
  { name: 'QRESYNC', is: 'qresync', brings: 'condstore' },
  { name: 'IMAP4rev2', is: 'rev2' },
  { name: 'UTF8=ACCEPT', is: 'utf8Accept' },
]

export const enable: SignedInCommand = {
  state: 'signedIn',
  run({ enabled, untagged }, args) {
    const fresh: string[] = []
    do {
      args.space()
      const asked = args.atom().toUpperCase()
      const extension = extensions.find(({ name }) => name.toUpperCase() === asked)
      if (extension === undefined || enabled[extension.is]) continue
      enabled[extension.is] = true
      if (extension.brings) enabled[extension.brings] = true
      fresh.push(` ${extension.name}`)
    } while (!args.isAtEnd)
    untagged(`ENABLED${fresh.join('')}`)
    return ok('Done')
  },
}
