/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, server side (RFC 5802 §5–§7; RFC 7677).
 *
 * A user name may stand for several credentials, which share their mailbox's salt: the proof is tried against each.
 * An unknown name gets a salt made from the name, always the same one, and fails at the same step as a wrong proof.
 * A binding to another channel, and a client that says that no binding was offered where it was ("y": somebody in the
 * middle took it out of the list), fail at that step too, whatever the proof is worth.
 * Refuses: bindings that this connection does not have, a nonce that is not ours, extensions that must be understood
 * ("m=").
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { scramIterations } from '#lib/accounts/secret.ts'
import { decodePart, type Exchange, prepared } from './sasl.ts'

export type ScramCandidate = { readonly stored_key: Buffer; readonly server_key: Buffer }

/** What is known of the user name that the client gives. */
export type ScramAccount = { readonly salt: Buffer; readonly candidates: readonly ScramCandidate[] }

export type ScramResult<Account extends ScramAccount> =
  | {
      readonly outcome: 'proven'
      readonly account: Account
      readonly candidate: Account['candidates'][number]
      readonly finish: () => Promise<boolean>
    }
  | { readonly outcome: 'unproven'; readonly account: Account; readonly fault: 'badCredentials' | 'channelMismatch' }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'malformed' }

/** What the login may be bound to. */
export type ScramChannel = {
  /** the mechanism is -PLUS */
  readonly isBound: boolean
  /** -PLUS was offered on this connection */
  readonly isBindingOffered: boolean
  readonly bindingOf: (type: string) => Buffer | null
}

const CLIENT_FIRST =
  /^(?<header>(?<flag>[ny]|p=(?<type>[A-Za-z0-9.-]+)),(?:a=(?<authzid>[^,]*))?,)(?<bare>n=(?<name>[^,]+),r=(?<nonce>[\x21-\x2b\x2d-\x7e]+)(?:,.*)?)$/s
const CLIENT_FINAL =
  /^(?<withoutProof>c=(?<binding>[A-Za-z0-9+/=]+),r=(?<nonce>[\x21-\x2b\x2d-\x7e]+)(?:,.*)?),p=(?<proof>[A-Za-z0-9+/=]+)$/s
const KEY_OCTETS = 32

/** RFC 5802 §5.1: "," and "=" travel as =2C and =3D. */
function decodeSaslName(text: string): string | null {
  if (/=(?!2C|3D)/.test(text)) return null
  return prepared(text.replaceAll('=2C', ',').replaceAll('=3D', '=')) || null
}

/** ClientKey = proof XOR HMAC(StoredKey, AuthMessage); the claim is true when H(ClientKey) is StoredKey. */
function provesKnowledge(candidate: ScramCandidate, authMessage: string, proof: Buffer): boolean {
  const signature = createHmac('sha256', candidate.stored_key).update(authMessage).digest()
  const clientKey = Buffer.from(signature.map((byte, index) => byte ^ (proof[index] ?? 0)))
  return timingSafeEqual(createHash('sha256').update(clientKey).digest(), candidate.stored_key)
}

/** RFC 5802 §6: "p=" belongs to -PLUS and to nothing else. @returns null when this is no way to begin here */
function boundTo({ isBound, bindingOf }: ScramChannel, type: string | undefined): Buffer | null {
  if (isBound !== (type !== undefined)) return null
  return type === undefined ? Buffer.alloc(0) : bindingOf(type)
}

export async function runScram<Account extends ScramAccount>(
  initial: Buffer | null,
  exchange: Exchange,
  lookUp: (loginName: string) => Promise<Account>,
  channel: ScramChannel,
): Promise<ScramResult<Account>> {
  const firstBytes = initial ?? (await exchange(Buffer.alloc(0)))
  if (firstBytes === null) return { outcome: 'cancelled' }
  const first = CLIENT_FIRST.exec(decodePart(firstBytes) ?? '')?.groups
  const loginName = decodeSaslName(first?.name ?? '=')
  const bound = boundTo(channel, first?.type)
  if (first === undefined || loginName === null || bound === null) return { outcome: 'malformed' }
  const authorizationId = first.authzid === undefined ? '' : decodeSaslName(first.authzid)

  const account = await lookUp(loginName)
  const nonce = `${first.nonce}${randomBytes(18).toString('base64')}`
  const serverFirst = `r=${nonce},s=${account.salt.toString('base64')},i=${scramIterations}`
  const finalBytes = await exchange(Buffer.from(serverFirst))
  if (finalBytes === null) return { outcome: 'cancelled' }
  const final = CLIENT_FINAL.exec(decodePart(finalBytes) ?? '')?.groups
  if (final === undefined) return { outcome: 'malformed' }

  const binding = Buffer.concat([Buffer.from(first.header ?? ''), bound]).toString('base64')
  const isStripped = first.flag === 'y' && channel.isBindingOffered
  const isSameChannel = final.binding === binding && !isStripped
  const proof = Buffer.from(final.proof ?? '', 'base64')
  const isOurs = final.nonce === nonce && proof.length === KEY_OCTETS
  const isOwnName = authorizationId === '' || authorizationId === loginName
  const authMessage = `${first.bare},${serverFirst},${final.withoutProof}`
  const candidate = account.candidates.find((one) => provesKnowledge(one, authMessage, proof))
  if (!isSameChannel) return { outcome: 'unproven', account, fault: 'channelMismatch' }
  if (!isOurs || !isOwnName || candidate === undefined) {
    return { outcome: 'unproven', account, fault: 'badCredentials' }
  }

  const signature = createHmac('sha256', candidate.server_key).update(authMessage).digest('base64')
  // The client answers the server's signature with an empty response; until then it has not accepted us.
  const finish = async () => (await exchange(Buffer.from(`v=${signature}`))) !== null
  return { outcome: 'proven', account, candidate, finish }
}
