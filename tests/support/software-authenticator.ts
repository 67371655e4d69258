/**
 * An authenticator without hardware (WebAuthn Level 3 §6): it makes ES256 passkeys and signs what it is asked, or, for
 * tests of what the portal refuses, something else.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export type RegistrationRequest = { readonly challenge: string; readonly user: { readonly id: string } }
export type AuthenticationRequest = { readonly challenge: string }

/** What a test makes wrong. */
export type Deviation = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly isUserVerified?: boolean
  readonly counter?: number
}

type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

export class SoftwareAuthenticator {
  readonly origin: string
  readonly #id = randomBytes(32)
  readonly #key: KeyObject
  readonly #publicKey: Buffer
  #userHandle = randomBytes(16).toString('base64url')
  #counter = 0

  /** @param portalUrl where its browser believes to be; passkeys know a trial machine as localhost */
  constructor(portalUrl: string) {
    this.origin = portalUrl.replace('127.0.0.1', 'localhost')
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#key = privateKey
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const point = (text: string) => Buffer.from(text, 'base64url')
    this.#publicKey = cbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, point(x)],
        [-3, point(y)],
      ]),
    )
  }

  register(request: RegistrationRequest, deviation: Deviation = {}): string {
    this.#userHandle = request.user.id
    const length = Buffer.from([this.#id.length >> 8, this.#id.length & 0xff])
    const credential = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#publicKey])
    const authData = Buffer.concat([this.#authData(HAS_CREDENTIAL, deviation), credential])
    const attestation = new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', request.challenge, deviation).toString('base64url'),
      attestationObject: cbor(attestation).toString('base64url'),
      transports: ['internal'],
    })
  }

  authenticate(request: AuthenticationRequest, deviation: Deviation = {}): string {
    this.#counter += 1
    const authData = this.#authData(0, deviation)
    const clientData = this.#clientData('webauthn.get', request.challenge, deviation)
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()])
    return this.#answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#key).toString('base64url'),
      userHandle: this.#userHandle,
    })
  }

  #answer(response: object): string {
    const id = this.#id.toString('base64url')
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
  }

  #clientData(type: string, challenge: string, deviation: Deviation): Buffer {
    return Buffer.from(
      JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false, ...given(deviation) }),
    )
  }

  #authData(flags: number, { rpId = 'localhost', isUserVerified = true, counter = this.#counter }: Deviation): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const all = flags | USER_PRESENT | (isUserVerified ? USER_VERIFIED : 0)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([all]), count])
  }
}

function given({ origin, challenge, type }: Deviation): Record<string, string> {
  const entries = Object.entries({ origin, challenge, type })
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** As much of CBOR (RFC 8949) as an authenticator needs. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, content]) => [cbor(key), cbor(content)])])
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument])
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument])
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 0xff])
}
