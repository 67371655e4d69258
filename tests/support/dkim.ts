/** Messages that are hard to sign, and keys that sign them: what two independent verifiers are shown. */
import { createPrivateKey } from 'node:crypto'
import { type DkimKeyPair, makeDkimKeyPair } from '#lib/dkim/dkim-key-pair.ts'
import { dkimAlgorithms, type PublishedKey, recordName, recordText } from '#lib/dkim/dkim-record.ts'
import type { SigningKey } from '#lib/engine/delivery/dkim/sign-message.ts'

type Keys = { readonly signing: readonly SigningKey[]; readonly records: Readonly<Record<string, string>> }

export async function makeSigningKeys(domain: string): Promise<Keys> {
  const pairs = await Promise.all(dkimAlgorithms.map(makeDkimKeyPair))
  const keys = pairs.map((pair) => ({ ...pair, domain, selector: `test-${pair.algorithm.toLowerCase()}` }))
  return {
    signing: keys.map(signingKey),
    records: Object.fromEntries(keys.map((key) => [recordName(key), recordText(key)])),
  }
}

function signingKey({ privateKey, ...key }: DkimKeyPair & PublishedKey): SigningKey {
  return { ...key, privateKey: createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }) }
}

const head = 'From: =?iso-2022-jp?B?GyRCQkBPOhsoQg==?= <taro@infonia.test>\r\nTo: <x@remote.test>\r\nSubject: hello\r\n'
const long = 'All work and no play.  Trailing spaces  \t\r\n'.repeat(5_000)

export const hardMessages: Readonly<Record<string, string>> = {
  plain: `${head}\r\nHello.\r\n`,
  'no body': `${head}\r\n`,
  'no empty line after the header': head,
  'empty lines only': `${head}\r\n\r\n\r\n\r\n`,
  'empty lines at the end': `${head}\r\nHello.\r\n\r\n \t\r\n\r\n`,
  'spaces everywhere': `From:  taro@infonia.test \r\nSubject:\t a \t b\r\n\r\n \t lead\t in  and out \t\r\n`,
  'folded fields': `From: <taro@infonia.test>\r\nSubject: one\r\n two\r\n\tthree\r\nTo:\r\n <x@remote.test>\r\n\r\nx\r\n`,
  'fields that occur twice': `${head}Subject: again\r\nTo: <y@remote.test>\r\n\r\nHello.\r\n`,
  'dots at the start of lines': `${head}\r\n.\r\n..\r\n.dot\r\n`,
  'eight-bit text': `${head}Content-Transfer-Encoding: 8bit\r\n\r\n\xe3\x81\x82\xe3\x81\x84\r\n`,
  'ISO-2022-JP': `${head}Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B$"$$\x1b(B\r\n`,
  'longer than a block': `${head}\r\n${long}`,
  'line breaks at the edge of a block': `${head}\r\n${'x'.repeat(65_530)}\r\n${'\r\n'.repeat(40_000)}end\r\n\r\n`,
}
