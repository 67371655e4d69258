/** Things that actions are about, each made anew when it is asked for. Load it after the environment is set. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { prisma } from '#lib/db/prisma.ts'
import { currentPolicy, defaultPolicy, savePolicy } from '#lib/policy/index.ts'
import { theOperator } from '#tests/support/announcement.ts'
import { logins } from '#tests/support/portal-logins.ts'

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

/** @returns the version, with a wave that begins tomorrow */
export async function savedPolicy(): Promise<string> {
  const { version: basedOn } = await currentPolicy()
  const from = inMinutes(24 * 60).toISOString()
  const wave = { from, domains: [], percent: 100, service: 'refused' as const }
  const document = { ...defaultPolicy, oldHost: { sendsByMxPort: false, waves: [wave] } }
  return String(await savePolicy(await theOperator(), { document, note: 'before the test', basedOn }))
}

/** Of a roll-out that can be moved and rules for nobody. */
export async function runningRollout(): Promise<string> {
  const version = 1_000_000
  const rollout = { version, baseVersion: 0, extent: { kind: 'percent', percent: 1 }, state: 'running' }
  await prisma().policyRollout.upsert({ where: { version }, create: rollout, update: rollout })
  return String(version)
}

export async function subscribersSession(): Promise<string> {
  const { id } = await prisma().webSession.findFirstOrThrow({
    where: { account: { login: logins.subscriber }, revokedAt: null },
    orderBy: { createdAt: 'desc' },
  })
  return id
}

export async function apiToken(): Promise<string> {
  const { accountId } = await theOperator()
  const tokenHash = new Uint8Array(randomBytes(32))
  const token = { name: 'test', scopes: [], accountId, tokenHash, expiresAt: inMinutes(10) }
  return (await prisma().apiToken.create({ data: token })).id
}

/** With a delivery that has failed for good. */
export async function webhook(): Promise<{ endpointId: string; deliveryId: string }> {
  const [endpointId, deliveryId] = [randomUUID(), randomUUID()]
  const deliveries = { create: { id: deliveryId, type: 'policy.save', body: '{}', state: 'dead' } }
  const endpoint = { url: 'https://example.net/', description: 'test', types: [], sealedSecret: new Uint8Array() }
  await prisma().webhookEndpoint.create({ data: { id: endpointId, ...endpoint, deliveries } })
  return { endpointId, deliveryId }
}

export async function maintenanceWindow(): Promise<string> {
  const reason = { ja: '工事', en: 'work' }
  const window = { services: ['receive'], reason, startsAt: new Date(), endsAt: inMinutes(60) }
  return (await prisma().maintenanceWindow.create({ data: window })).id
}

/** From which nobody moves yet. */
export async function migrationSource(): Promise<string> {
  await prisma().migrationJob.deleteMany()
  const source = { name: 'old', kind: 'IMAP', host: 'mx.example.net', selfService: true } as const
  return (await prisma().migrationSource.create({ data: source })).id
}

/** @returns the mailbox, by whose old password programs read */
export async function inheritedPassword(mailboxId: number): Promise<string> {
  const kept = { mailboxId, sealedHash: new Uint8Array() }
  await prisma().inheritedPassword.upsert({ where: { mailboxId }, create: kept, update: kept })
  return String(mailboxId)
}

export async function announcementWave(announcementId: string): Promise<string> {
  const wave = { version: 1, number: 1, size: 1, perMinute: 1, startsAt: new Date(), nextAt: new Date() }
  return (await prisma().announcementWave.create({ data: { announcementId, ...wave } })).id
}

export async function approval(mailboxId: number): Promise<string> {
  const asked = { deed: 'releaseSending', reason: 'case 14', requestedBy: randomUUID(), expiresAt: inMinutes(10) }
  return (await prisma().approval.create({ data: { mailboxId, ...asked } })).id
}

/** What another one has approved for the one of the staff with this login. */
export async function approvedFor(login: string, mailboxId: number): Promise<string> {
  const { id: requestedBy } = await prisma().portalAccount.findUniqueOrThrow({ where: { login } })
  const decision = { decidedBy: randomUUID(), decidedAt: new Date(), isApproved: true }
  const data = { order: { mailboxId }, requestedBy, ...decision }
  return (await prisma().approval.update({ where: { id: await approval(mailboxId) }, data })).id
}

export async function traceConsent(mailboxId: number): Promise<string> {
  const asked = { agentId: randomUUID(), reason: 'case 16', expiresAt: inMinutes(10) }
  return (await prisma().traceConsent.create({ data: { mailboxId, ...asked } })).id
}

/** @returns the token of the letter that asks whether mail may be forwarded there */
export async function forwardToken(mailboxId: number): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const asked = { mailboxId, address: `${token}@example.net` }
  await prisma().forwardAddress.create({ data: { ...asked, tokenHash: createHash('sha256').update(token).digest() } })
  return token
}

/** A telephone number that has been on record for long. */
export async function contact(customerId: string): Promise<void> {
  const known = { phone: '+81312345678', changedAt: null }
  await prisma().contact.upsert({ where: { customerId }, create: { customerId, ...known }, update: known })
}

export async function liveSession(mailboxId: number, credentialId: string): Promise<string> {
  const session = { id: randomUUID(), listener: 'imaps', address: '127.0.0.1', startedAt: new Date() }
  return (await prisma().liveSession.create({ data: { mailboxId, credentialId, ...session } })).id
}

export async function clientReport(mailboxId: number): Promise<string> {
  await prisma().clientReport.deleteMany()
  const report = { clientId: 'thunderbird', sendingMethod: 'SMTP_AUTH', works: true } as const
  return (await prisma().clientReport.create({ data: { mailboxId, ...report } })).id
}

export async function passkeyOf(login: string): Promise<string> {
  const { id: accountId } = await prisma().portalAccount.findUniqueOrThrow({ where: { login } })
  const key = { credentialId: randomBytes(16).toString('base64url'), publicKey: new Uint8Array(1), counter: 0 }
  return (await prisma().passkey.create({ data: { accountId, label: 'phone', ...key } })).id
}

export async function traceCode(mailboxId: number, customerId: string): Promise<string> {
  const { showTraceCode } = await import('#lib/trace-consent/show-trace-code.ts')
  const { groups } = await showTraceCode({ accountId: randomUUID(), role: 'SUBSCRIBER', customerId }, { mailboxId })
  return groups.flatMap((group) => group.map(({ kana }) => kana)).join('')
}
