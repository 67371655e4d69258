/** All that is kept of a set-up code. Address and purpose are part of it: elsewhere, or for more, the code is a wrong one. */
import { createHmac, hkdfSync } from 'node:crypto'
import { readKanaCode } from './kana-code.ts'
import type { SetUpPurpose } from './set-up-purposes.ts'

export type CodeInHand = { readonly purpose: SetUpPurpose; readonly address: string; readonly code: string }

export function setUpCodeDigest(masterKey: Buffer, { purpose, address, code }: CodeInHand): Uint8Array<ArrayBuffer> {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'set-up-code', 32))
  const content = JSON.stringify([purpose, address.trim().toLowerCase(), readKanaCode(code)])
  return new Uint8Array(createHmac('sha256', key).update(content).digest())
}
