/** Passwords as people and their mail programs really say them: wrong, in the wrong place, in half a command. */
import { randomBytes } from 'node:crypto'
import { prisma } from '#lib/db/prisma.ts'
import type { Plant } from './plant-secrets.ts'
import { WireClient } from './wire-client.ts'

type Door = 'imaps' | 'pop3s' | 'submissions'
type Typing = { readonly door: Door; readonly lines: (name: string, secret: string) => readonly string[] }

const base64 = (text: string) => Buffer.from(text).toString('base64')
const plain = (name: string, secret: string) => base64(`\0${name}\0${secret}`)

const typings: readonly Typing[] = [
  { door: 'imaps', lines: (name, secret) => [`a LOGIN ${name} ${secret}`] },
  { door: 'imaps', lines: (name, secret) => [`a LOGIN "${name}" "${secret}"`] },
  { door: 'imaps', lines: (name, secret) => [`a LOGIN ${name} {${secret.length}}`, secret] },
  { door: 'imaps', lines: (name, secret) => [`a LOGIN ${secret} ${name}`] },
  { door: 'imaps', lines: (name, secret) => [`LOGIN ${name} ${secret}`] },
  { door: 'imaps', lines: (name, secret) => [`a LOGNI ${name} ${secret}`] },
  { door: 'imaps', lines: (name, secret) => [`a AUTHENTICATE PLAIN ${plain(name, secret)}`] },
  { door: 'imaps', lines: (name, secret) => ['a AUTHENTICATE PLAIN', plain(name, secret)] },
  { door: 'imaps', lines: (name, secret) => ['a AUTHENTICATE LOGIN', base64(name), base64(secret)] },
  { door: 'imaps', lines: (_name, secret) => [`a AUTHENTICATE ${secret}`] },
  { door: 'imaps', lines: (_name, secret) => [secret] },
  { door: 'imaps', lines: (_name, secret) => [`${secret} NOOP`] },
  { door: 'imaps', lines: (_name, secret) => [`a ID ("name" "x" "password" "${secret}")`] },
  { door: 'pop3s', lines: (name, secret) => [`USER ${name}`, `PASS ${secret}`] },
  { door: 'pop3s', lines: (_name, secret) => [`PASS ${secret}`] },
  { door: 'pop3s', lines: (name, secret) => [`USER ${secret}`, `PASS ${name}`] },
  { door: 'pop3s', lines: (name, secret) => [`USER ${name} ${secret}`] },
  { door: 'pop3s', lines: (name, secret) => [`APOP ${name} ${secret}`] },
  { door: 'pop3s', lines: (name, secret) => [`AUTH PLAIN ${plain(name, secret)}`] },
  { door: 'pop3s', lines: (_name, secret) => [`PAS ${secret}`] },
  { door: 'pop3s', lines: (_name, secret) => [`NOOP ${secret}`] },
  { door: 'submissions', lines: (name, secret) => ['EHLO pc', `AUTH PLAIN ${plain(name, secret)}`] },
  { door: 'submissions', lines: (name, secret) => ['EHLO pc', 'AUTH LOGIN', base64(name), base64(secret)] },
  { door: 'submissions', lines: (name, secret) => ['EHLO pc', `AUTH LOGIN ${base64(name)}`, base64(secret)] },
  { door: 'submissions', lines: (name, secret) => ['EHLO pc', 'AUTH LOGIN', name, secret] },
  { door: 'submissions', lines: (_name, secret) => ['EHLO pc', `AUTH ${secret}`] },
  { door: 'submissions', lines: (_name, secret) => ['EHLO pc', secret] },
  { door: 'submissions', lines: (_name, secret) => ['EHLO pc', `NOOP ${secret}`] },
]

const END: Record<Door, string> = { imaps: 'z LOGOUT', pop3s: 'QUIT', submissions: 'QUIT' }

export const mistypedMailPasswords: Plant = async ({ engine, people: { owners } }, count) => {
  const secrets: string[] = []
  for (let index = 0; index < count; index += 1) {
    await prisma().loginFailure.deleteMany()
    const secret = randomBytes(18).toString('base64url')
    const typing = typings[index % typings.length]
    const owner = owners[index % owners.length]
    if (typing === undefined || owner === undefined) break
    const wire = await WireClient.connectTls({ port: engine.ports[typing.door] }, engine.authorityFile)
    await wire.until(/\r\n/)
    // A stray continuation is answered, too: the goodbye of each protocol may be said at any time.
    for (const line of [...typing.lines(owner.credential.username, secret), END[typing.door]]) {
      if (wire.isClosed) break
      wire.send(`${line}\r\n`)
      await wire.until(/\r\n/).catch(() => '')
    }
    wire.close()
    secrets.push(secret)
  }
  return secrets.map((secret) => [secret])
}
