/** The client's side of SCRAM-SHA-256 and its -PLUS form, written from RFC 5802 §3 and §5. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

export type ScramClientOptions = {
  readonly name: string
  readonly password: string
  /** the GS2 header */
  readonly header?: string
  /** what the login is bound to */
  readonly binding?: Buffer
}

export type ScramClient = {
  readonly clientFirst: string
  /** @returns what follows the server's first message, and the signature that the server owes then */
  answer(serverFirst: string): { readonly clientFinal: string; readonly serverFinal: string }
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()

export function scramClient({
  name,
  password,
  header = 'n,,',
  binding = Buffer.alloc(0),
}: ScramClientOptions): ScramClient {
  const bare = `n=${name},r=clientnonce`
  return {
    clientFirst: `${header}${bare}`,
    answer(serverFirst) {
      const [, nonce, salt, iterations] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(serverFirst) ?? []
      const salted = pbkdf2Sync(password, Buffer.from(salt ?? '', 'base64'), Number(iterations), 32, 'sha256')
      const clientKey = hmac(salted, 'Client Key')
      const bound = Buffer.concat([Buffer.from(header), binding]).toString('base64')
      const withoutProof = `c=${bound},r=${nonce}`
      const authMessage = `${bare},${serverFirst},${withoutProof}`
      const signature = hmac(createHash('sha256').update(clientKey).digest(), authMessage)
      const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
      return {
        clientFinal: `${withoutProof},p=${proof.toString('base64')}`,
        serverFinal: `v=${hmac(hmac(salted, 'Server Key'), authMessage).toString('base64')}`,
      }
    },
  }
}
