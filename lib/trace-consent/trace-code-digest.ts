/** All that is kept of a code that an owner reads aloud. Whose mailbox it is for is part of it: elsewhere it is a wrong one. */
import { createHmac, hkdfSync } from 'node:crypto'
import { secretsEnv } from '#lib/env/secrets.ts'
import { readKanaCode } from '#lib/set-up-code/kana-code.ts'

export function traceCodeDigest(mailboxId: number, code: string): Uint8Array<ArrayBuffer> {
  const key = Buffer.from(hkdfSync('sha256', secretsEnv().masterKey, '', 'trace-code', 32))
  const content = JSON.stringify([mailboxId, readKanaCode(code)])
  return new Uint8Array(createHmac('sha256', key).update(content).digest())
}
