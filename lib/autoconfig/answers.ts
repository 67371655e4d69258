/**
 * What the addresses of auto-configuration answer, over HTTP. All are public, none depends on who asks or for whom, and
 * none needs a session.
 */
import { openSetUpLink } from '#lib/accounts/index.ts'
import { webEnv } from '#lib/env/web.ts'
import { parseMailAddress } from '#lib/mail/mail-address.ts'
import { appleProfile } from './apple-profile.ts'
import { autodiscoverV2 } from './autodiscover-json.ts'
import { maxRequestBytes, readAutodiscoverRequest } from './autodiscover-request.ts'
import {
  type AutodiscoverErrorCode,
  autodiscoverError,
  autodiscoverResponse,
  autodiscoverType,
} from './autodiscover-response.ts'
import { loadMailServices } from './load-mail-services.ts'
import { mailPerson } from './mail-person.ts'
import { isComplete, type MailServices } from './mail-services.ts'
import { mozillaAutoconfig, mozillaAutoconfigType } from './mozilla-autoconfig.ts'
import { paccDocument } from './pacc.ts'
import { profileAnswer } from './profile-answer.ts'

export async function answerMozillaAutoconfig(): Promise<Response> {
  const services = await loadMailServices()
  return isComplete(services) ? answer(mozillaAutoconfig(services), mozillaAutoconfigType) : nothingOffered()
}

export async function answerPacc(): Promise<Response> {
  const services = await loadMailServices()
  return isComplete(services) ? answer(paccDocument(services), 'application/json') : nothingOffered()
}

export async function answerAnyonesProfile(): Promise<Response> {
  const profile = appleProfile(await loadMailServices(), null)
  return profile === null ? nothingOffered() : profileAnswer(profile)
}

/** For whoever has a set-up link: with address and user name of its credential. */
export async function answerOwnProfile(token: string): Promise<Response> {
  const facts = await openSetUpLink(token)
  const person = facts === null ? null : mailPerson(facts)
  const profile = person === null ? null : appleProfile(await loadMailServices(), person)
  return profile === null ? nothingOffered() : profileAnswer(profile)
}

export function answerAutodiscoverV2(request: Request): Response {
  const { searchParams } = new URL(request.url)
  const [, protocol = null] = [...searchParams].find(([name]) => name.toLowerCase() === 'protocol') ?? []
  const { status, body } = autodiscoverV2(protocol, webEnv().portalUrl)
  return Response.json(body, { status })
}

/** Asked for by GET on a name of the mail domain, it says where to ask by POST (MS-OXDISCO §3.1.5.4). */
export function redirectAutodiscover(request: Request): Response {
  const { portalUrl, isHttps } = webEnv()
  if (!isHttps || request.headers.get('host') === new URL(portalUrl).host) return autodiscoverRefusal(600, 'use POST')
  return new Response(null, { status: 302, headers: { Location: `${portalUrl}/autodiscover/autodiscover.xml` } })
}

export async function answerAutodiscover(request: Request): Promise<Response> {
  const bytes = await readAtMost(request, maxRequestBytes)
  if (bytes === null) return autodiscoverRefusal(600, 'the request is too long')
  const asked = readAutodiscoverRequest(bytes)
  if (asked.verdict === 'invalid') return autodiscoverRefusal(600, asked.problem)
  if (!asked.wantsMailSettings) return autodiscoverRefusal(601, 'only the Outlook schema is answered')
  const address = parseMailAddress(asked.address)
  if (address === null) return autodiscoverRefusal(600, 'EMailAddress is not a mail address')
  const services = await loadMailServices()
  if (!isOurs(services, address.domain)) return autodiscoverRefusal(500, 'no mail of this domain is here')
  if (!isComplete(services)) return autodiscoverRefusal(500, 'nothing is offered at the moment')
  return answer(autodiscoverResponse(services, asked.address), autodiscoverType)
}

function isOurs({ domains }: MailServices, domain: string): boolean {
  return domains.includes(domain.toLowerCase())
}

function autodiscoverRefusal(code: AutodiscoverErrorCode, message: string): Response {
  return answer(autodiscoverError(code, message, new Date()), autodiscoverType)
}

function answer(body: string, type: string): Response {
  return new Response(body, { headers: { 'Content-Type': type } })
}

function nothingOffered(): Response {
  return new Response('Nothing is offered at the moment\n', { status: 404 })
}

/** @returns null as soon as more comes */
async function readAtMost(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
