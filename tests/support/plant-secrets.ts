/** Each kind of secret, made by the product's own use-cases or in its pages. Load it after the environment is set. */
import { createPrivateKey, hkdfSync, randomBytes } from 'node:crypto'
import { createPortalAccount, issueCredential, makeSetUpLink } from '#lib/accounts/index.ts'
import { openWebSession } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { createNextKeys } from '#lib/dkim/create-next-keys.ts'
import { dkimKeySeal, sealContext } from '#lib/dkim/private-key-seal.ts'
import { siteEnv } from '#lib/env/site.ts'
import { nextAuthSecret } from '#lib/env/web.ts'
import { issueSetUpCode } from '#lib/support/issue-set-up-code.ts'
import type { TestEngine } from './engine.ts'
import { portalPassword } from './password.ts'
import type { TestPortal } from './portal.ts'
import type { SecretPeople } from './secret-people.ts'
import { type Answer, builtActions, WebClient } from './web-client.ts'

/** What gives it away: any of these. */
export type Secret = readonly (string | Buffer)[]

export type Ground = {
  readonly people: SecretPeople
  readonly portal: TestPortal
  readonly engine: TestEngine
  readonly masterKey: Buffer
  /** an answer of the portal that must not hold a secret */
  keep(answer: Answer): void
}

export type Plant = (ground: Ground, count: number) => Promise<Secret[]>

const newSecret = () => randomBytes(18).toString('base64url')
const times = (count: number) => Array.from({ length: count }, (_, index) => index)
const withoutHyphens = (secret: string): Secret => [secret, secret.replaceAll('-', '')]

export const siteKeys: Plant = async ({ masterKey }) => [
  [masterKey, masterKey.toString('base64')],
  [nextAuthSecret()],
  ...['credential-verifier', 'set-up-code'].map((info) => [Buffer.from(hkdfSync('sha256', masterKey, '', info, 32))]),
]

export const portalPasswords: Plant = async (_ground, count) => {
  const passwords = times(count).map(newSecret)
  for (const [index, password] of passwords.entries()) {
    await prisma().$transaction((transaction) =>
      createPortalAccount(transaction, {
        ...{ login: `person${index}@infonia.ne.jp`, password, role: 'SUBSCRIBER', displayName: 'x', customerId: null },
      }),
    )
  }
  return passwords.map((password) => [password])
}

/** Wrong ones, and some typed where the address belongs: these their own typist sees again in that field, nobody else. */
export const mistypedPortalPasswords: Plant = async ({ portal, people, keep }, count) => {
  const passwords = times(count).map(newSecret)
  for (const [index, password] of passwords.entries()) {
    await prisma().loginFailure.deleteMany()
    const isInTheWrongField = index % 4 === 0
    const login = isInTheWrongField ? password : (people.owners[index % people.owners.length]?.address ?? '')
    const answer = await new WebClient(portal.url).callAction(action('signInAction'), { login, password })
    if (!isInTheWrongField) keep(answer)
  }
  return passwords.map((password) => [password])
}

export const mailPasswords =
  (isRecoverable: boolean): Plant =>
  async ({ people: { owners } }, count) => {
    const secrets: Secret[] = []
    for (const index of times(count)) {
      const owner = owners[index % owners.length]
      if (owner === undefined) break
      const { password } = await issueCredential(owner.actor, {
        mailboxId: owner.id,
        ...{ label: `${index}`, clientId: null, scopes: ['submission', 'pop', 'imap'], expiresAt: null, isRecoverable },
      })
      secrets.push(withoutHyphens(password))
    }
    return secrets
  }

/** The one answer that shows the password is the only one that may. */
export const mailPasswordsOfThePage: Plant = async ({ people: { owners }, portal }, count) => {
  const secrets: Secret[] = []
  for (const index of times(count)) {
    const owner = owners[index % owners.length]
    if (owner === undefined) break
    const client = new WebClient(portal.url)
    await client.signIn(owner.address, portalPassword)
    const fields = { mailboxId: String(owner.id), clientId: '', label: 'page', 'scopes[]': ['pop'], expiry: 'never' }
    const { body } = await client.callAction(action('issueCredentialAction'), fields)
    const password = /"password":"([a-z2-9-]{34})"/.exec(body)?.[1]
    if (password === undefined) throw new Error(`no password in ${body.slice(0, 500)}`)
    secrets.push(withoutHyphens(password))
  }
  return secrets
}

export const setUpCodes: Plant = async ({ people: { owners, agent } }, count) => {
  const secrets: Secret[] = []
  for (const index of times(count)) {
    const owner = owners[index % owners.length]
    if (owner === undefined) break
    const issued = await issueSetUpCode(agent, {
      ...{ customerId: owner.actor.customerId, mailboxId: owner.id, purpose: 'mailCredential', reason: 'case 1' },
      calledBack: ['on'],
    })
    if (issued.outcome !== 'issued') throw new Error(issued.outcome)
    const letters = issued.groups.flat()
    secrets.push(['kana', 'romaji'].map((form) => letters.map((letter) => letter[form as 'kana']).join('')))
  }
  return secrets
}

export const sessionTokens: Plant = async ({ people: { owners } }, count) =>
  Promise.all(
    times(count).map(async (index) => {
      const { actor } = owners[index % owners.length] as (typeof owners)[number]
      return [await openWebSession({ ...actor, provedBy: 'password' }, { address: '127.0.0.1', userAgent: 'test' })]
    }),
  )

export const sessionCookies: Plant = async ({ people: { owners }, portal, keep }, count) => {
  const secrets: Secret[] = []
  for (const index of times(count)) {
    const client = new WebClient(portal.url)
    await client.signIn(owners[index % owners.length]?.address ?? '', portalPassword)
    keep(await client.request('/home'))
    secrets.push([client.cookies.get('session') ?? ''])
  }
  return secrets
}

export const setUpLinks: Plant = async ({ people: { owners } }, count) =>
  Promise.all(
    times(count).map(async (index) => {
      const { actor, credential } = owners[index % owners.length] as (typeof owners)[number]
      return [(await makeSetUpLink(actor, { credentialId: credential.id })).token]
    }),
  )

/** Each of its private numbers would be enough. */
export const dkimKeys: Plant = async ({ engine: { operator }, masterKey }) => {
  for (const domain of siteEnv().hostedDomains) await createNextKeys(operator, { domain })
  const seal = dkimKeySeal(masterKey)
  return (await prisma().dkimKey.findMany()).map((row) => {
    const key = createPrivateKey({
      key: seal.open(row.sealedPrivateKey ?? new Uint8Array(), sealContext(row)),
      ...{ format: 'der', type: 'pkcs8' },
    })
    const { d = '', p = '', q = '' } = key.export({ format: 'jwk' })
    return [d, p, q].filter(Boolean).map((number) => Buffer.from(number, 'base64url'))
  })
}

function action(name: string) {
  const found = builtActions().find((known) => known.name === name)
  if (found === undefined) throw new Error(`no action ${name}`)
  return found
}
