/** All that is kept of an address that somebody gave up. */
import { createHmac, hkdfSync } from 'node:crypto'

export function addressDigest(masterKey: Buffer, address: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'released-address', 32))
  return createHmac('sha256', key).update(address).digest()
}
