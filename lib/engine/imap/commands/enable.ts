/** RFC 5161. Names that mean nothing here are ignored, as §3.1 wants. */
import type { SignedInCommand } from '../command.ts'
import { ok } from '../reply.ts'

type Switch = 'condstore' | 'qresync' | 'rev2' | 'utf8Accept'
type Extension = { readonly name: string; readonly is: Switch }

const extensions: readonly Extension[] = [
  { name: 'CONDSTORE', is: 'condstore' },
  { name: 'QRESYNC', is: 'qresync' },
  { name: 'IMAP4rev2', is: 'rev2' },
  { name: 'UTF8=ACCEPT', is: 'utf8Accept' },
]

export const enable: SignedInCommand = {
  state: 'signedIn',
  run(session, args) {
    const { enabled } = session
    const fresh: string[] = []
    do {
      args.space()
      const asked = args.atom().toUpperCase()
      const extension = extensions.find(({ name }) => name.toUpperCase() === asked)
      if (extension === undefined || enabled[extension.is]) continue
      // RFC 7162 §3.2.3: QRESYNC brings CONDSTORE.
      if (extension.is === 'condstore' || extension.is === 'qresync') session.beginCondstore()
      enabled[extension.is] = true
      fresh.push(` ${extension.name}`)
    } while (!args.isAtEnd)
    session.untagged(`ENABLED${fresh.join('')}`)
    return ok('Done')
  },
}
