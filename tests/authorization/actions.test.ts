import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import { setUpCodeDigest } from '#lib/set-up-code/code-digest.ts'
import { generateKanaCode } from '#lib/set-up-code/kana-code.ts'
import type { SetUpPurpose } from '#lib/set-up-code/set-up-purposes.ts'
import { matrix } from '#tests/support/matrix.ts'
import { signInStaff } from '#tests/support/passkey-client.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { type ActionReference, actionStatus, builtActions, WebClient } from '#tests/support/web-client.ts'
import { actionAccess, hasPasskey, type VisitorName, visitors } from './access-table.ts'
import { type Fields, type Sample, type Samples, signInSamples } from './sign-in-samples.ts'
import { staffSamples } from './staff-samples.ts'

const actions = builtActions()

let portal: TestPortal
const clients = {} as Record<VisitorName, WebClient>
let samples: Samples
let victim: { mailboxId: number; credentialId: string; customerId: string; recipientId: string }

before(async () => {
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  const { addQueuedMessage } = await import('#tests/support/queued-message.ts')
  const { subscriber } = await addEverybody()
  const [recipient] = await addQueuedMessage(subscriber, [{ address: 'friend@elsewhere.test' }])
  victim = {
    mailboxId: subscriber.id,
    credentialId: subscriber.credential.id,
    customerId: subscriber.actor.customerId,
    recipientId: String(recipient?.id),
  }
  samples = await inputs()
})

after(() => portal.stop())

/** Sessions are ended and credentials revoked by the tests themselves, so each starts from the same state. */
beforeEach(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().credential.update({ where: { id: victim.credentialId }, data: { revokedAt: null, label: 'test' } })
  await prisma().mailbox.update({
    where: { id: victim.mailboxId },
    data: { sendingMethod: 'SMTP_AUTH', sendingHeldAt: new Date() },
  })
})

async function signEverybodyIn(): Promise<void> {
  for (const visitor of visitors) await enter(visitor)
  await openVictimsPage()
}

/** Whoever went through an action that is open to everybody may be signed in as somebody else since. */
const astray = new Set<VisitorName>()

/** The browser of this visitor, a new one where the last action ended its session or changed it. */
async function comeBack(visitor: VisitorName): Promise<void> {
  if (visitor === 'unproven' || astray.has(visitor) || !(await isSignedIn(clients[visitor]))) await enter(visitor)
}

async function isSignedIn(client: WebClient): Promise<boolean> {
  return 'user' in JSON.parse((await client.request('/api/auth/session')).body)
}

/** A new browser of this visitor. */
async function enter(visitor: VisitorName): Promise<void> {
  const client = new WebClient(portal.url)
  clients[visitor] = client
  astray.delete(visitor)
  if (visitor === 'anonymous') return
  const login = logins[visitor]
  if (hasPasskey(visitor)) await signInStaff(client, login)
  else assert.doesNotMatch(await client.signIn(login, portalPassword), /error=/, `${login} cannot sign in`)
}

async function openVictimsPage(): Promise<void> {
  const { openCustomer } = await import('#lib/support/open-customer.ts')
  const { prisma } = await import('#lib/db/prisma.ts')
  const agent = await prisma().portalAccount.findUniqueOrThrow({ where: { login: logins.agent } })
  await openCustomer(
    { accountId: agent.id, role: 'SUPPORT_AGENT', customerId: null },
    { customerId: victim.customerId, reason: 'case 1' },
  )
}

async function sampleFor(action: ActionReference): Promise<Sample> {
  const sample = samples[action.name] ?? {}
  return typeof sample === 'function' ? sample() : sample
}

async function fieldsFor(visitor: VisitorName, sample: Sample): Promise<Fields> {
  return typeof sample === 'function' ? sample(clients[visitor], visitor) : sample
}

/** Those who may save them will have done so: each save is based on the one before. */
async function newestRecipes(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { saveRecipes } = await import('#lib/recipes/save-recipes.ts')
  const { newestVersion } = await import('#lib/recipes/scripts.ts')
  const { mailboxId, customerId } = victim
  const owner = { accountId: crypto.randomUUID(), role: 'SUBSCRIBER', customerId } as const
  const basedOn = await newestVersion(prisma(), mailboxId, 'recipes')
  const { version } = await saveRecipes(owner, { mailboxId, recipes: [], basedOn })
  return String(version)
}

const migrationSource = {
  ...{ name: 'old', kind: 'IMAP', host: 'mx.example.net', imapPort: '993', pop3Port: '995', tls: 'IMPLICIT' },
  ...{ authority: '', directory: '', loginForm: '{login}', masterPassword: '', maxConnections: '4' },
  messagesPerSecond: '200',
}

async function anAlias(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const address = `a${randomBytes(4).toString('hex')}@infonia.ne.jp`
  await prisma().alias.deleteMany()
  await prisma().alias.create({ data: { address, mailboxId: victim.mailboxId } })
  return address
}

/** What each action is sent: right in form, and naming the things of one subscriber. */
async function inputs(): Promise<Samples> {
  const things = await import('./things.ts')
  const { addPublicAnnouncement } = await import('#tests/support/announcement.ts')
  const { defaultPolicy } = await import('#lib/policy/index.ts')
  const { credentialId, customerId, recipientId } = victim
  const mailboxId = String(victim.mailboxId)
  const inOneHour = toJapanTime(new Date(Date.now() + 3_600_000))
  return {
    ...(await signInSamples(portal.url)),
    ...staffSamples,
    chooseThemeAction: { theme: 'dark' },
    rememberTimeZoneAction: { timeZone: 'Europe/Vienna' },
    signInAction: { login: logins.stranger, password: portalPassword },
    signOutAction: {},
    confirmForwardAction: async () => ({ token: await things.forwardToken(victim.mailboxId) }),
    issueCheckCodeAction: {},
    reportClientAction: async () => {
      await things.clientReport(victim.mailboxId)
      return { mailboxId, clientId: 'thunderbird', method: 'smtp-auth', outcome: 'works' }
    },
    decideClientReportAction: async () => ({
      reportId: await things.clientReport(victim.mailboxId),
      verdict: 'confirmed',
    }),
    endSessionAction: async () => ({ sessionId: await things.subscribersSession() }),
    issueCredentialAction: { mailboxId, clientId: '', label: 'new', 'scopes[]': ['pop'], expiry: 'never' },
    renameCredentialAction: { credentialId, label: 'renamed' },
    revokeCredentialAction: { credentialId },
    endInheritedReadingAction: async () => ({ mailboxId: await things.inheritedPassword(victim.mailboxId) }),
    changeDisplayNameAction: { mailboxId, displayName: 'Taro' },
    addAliasAction: async () => {
      await anAlias()
      return { mailboxId, name: `alias${randomBytes(4).toString('hex')}` }
    },
    removeAliasAction: async () => ({ mailboxId, address: await anAlias() }),
    allowExportAction: { mailboxId, password: portalPassword, code: '' },
    requestClosingAction: { mailboxId, password: portalPassword, code: '', 'understood[]': ['on'] },
    cancelClosingAction: { mailboxId },
    saveRecipesAction: async () => ({ mailboxId, basedOn: await newestRecipes(), recipes: '[]' }),
    returnToRecipesAction: async () => ({ mailboxId, version: await newestRecipes() }),
    activateScriptAction: { mailboxId, name: '' },
    withdrawForwardAction: { mailboxId, address: 'elsewhere@example.net' },
    tryRecipesAction: { mailboxId, recipes: '[]', message: 'Subject: x' },
    endLiveSessionAction: async () => ({ sessionId: await things.liveSession(victim.mailboxId, credentialId) }),
    chooseSendingMethodAction: { mailboxId, method: 'POP_BEFORE_SMTP' },
    findCustomersAction: { query: 'T-taro', reason: 'case 2' },
    openCustomerAction: { customerId, reason: 'case 3' },
    revokeForCustomerAction: { customerId, credentialId, reason: 'case 4' },
    releaseForCustomerAction: { customerId, mailboxId, reason: 'case 7' },
    setUpMailAction: async () => ({
      ...(await codeFor('mailCredential', 'taro@infonia.ne.jp')),
      clientId: '',
      label: 'home',
    }),
    setPortalPasswordAction: async () => ({
      ...(await codeFor('portalPassword', 'hanako@infonia.ne.jp')),
      newPassword: portalPassword,
    }),
    setUpByLinkAction: async () => ({ token: await invitationLink(), clientId: '' }),
    inviteHelperAction: { mailboxId, helper: 'Hanako', label: 'tablet' },
    withdrawInvitationAction: { mailboxId },
    issueSetUpCodeAction: async () => {
      await things.contact(customerId)
      return { customerId, mailboxId, reason: 'case 9', purpose: 'mailCredential', 'calledBack[]': ['on'] }
    },
    shutOutAction: { customerId, mailboxId, reason: 'case 10', deed: 'closeRelayWindows' },
    suspendMailboxAction: { customerId, mailboxId, reason: 'case 11', textJa: '確認のため', textEn: 'for a check' },
    resumeMailboxAction: { customerId, mailboxId, reason: 'case 12' },
    askForTraceAction: { customerId, mailboxId, reason: 'case 16' },
    enterTraceCodeAction: async () => ({
      ...{ customerId, mailboxId, reason: 'case 17' },
      code: await things.traceCode(victim.mailboxId, customerId),
    }),
    showTraceCodeAction: { mailboxId },
    answerTraceAction: async () => ({ consentId: await things.traceConsent(victim.mailboxId), answer: 'allow' }),
    removeSecondStepAction: async () => {
      await things.contact(customerId)
      return { customerId, mailboxId, reason: 'case 15' }
    },
    changeContactAction: async () => {
      await things.contact(customerId)
      return { customerId, reason: 'case 13', phone: '03-1234-5678' }
    },
    scheduleMaintenanceAction: {
      ...{ 'services[]': ['receive'], startsAt: '', endsAt: inOneHour },
      ...{ 'reason.ja': '工事', 'reason.en': 'work' },
    },
    addCallNoteAction: { mailboxId, outcome: 'reached', note: 'case 15' },
    addWaveAction: async () => ({
      ...(await aPolicyChange()),
      from: inOneHour,
      service: 'receiveOnly',
      domains: '',
      percent: '10',
    }),
    removeWaveAction: async () => ({ ...(await aPolicyChange()), index: '0' }),
    moveMaintenanceEndAction: async () => ({
      id: await things.maintenanceWindow(),
      endsAt: inOneHour,
      reason: 'case 11',
    }),
    saveSourceAction: migrationSource,
    changeSourceAction: async () => ({ ...migrationSource, sourceId: await things.migrationSource() }),
    removeSourceAction: async () => ({ sourceId: await things.migrationSource() }),
    bringMapAction: { text: 'sales,nobody', format: 'csv', domain: 'infonia.ne.jp', reason: 'case 9', deed: 'import' },
    startBatchAction: async () => ({
      sourceId: await things.migrationSource(),
      listWithPasswords: 'nobody@infonia.ne.jp',
      last: 'no',
    }),
    changeJobsAction: { batchId: randomUUID(), jobId: '', deed: 'pause' },
    startOwnMigrationAction: async () => ({
      mailboxId,
      sourceId: await things.migrationSource(),
      sourceLogin: 'taro',
      sourcePassword: 'old',
    }),
    cancelOwnMigrationAction: { mailboxId },
    finishMaintenanceAction: async () => ({ id: await things.maintenanceWindow(), reason: 'case 12' }),
    acknowledgeAnnouncementAction: async () => ({ id: await addPublicAnnouncement(), version: '1' }),
    saveAnnouncementAction: {
      ...{ id: '', basedOn: '0', note: 'case 9', kind: 'information', audience: 'all', startsAt: '', endsAt: '' },
      ...{ 'ja.title': 'お知らせ', 'en.title': 'News' },
    },
    publishAnnouncementAction: async () => ({ id: await addPublicAnnouncement(), publishAt: '' }),
    planWaveAction: async () => ({
      announcementId: await addPublicAnnouncement(),
      ...{ size: '1', perMinute: '60', startsAt: inOneHour },
    }),
    pauseWaveAction: async () => ({
      waveId: await things.announcementWave(await addPublicAnnouncement()),
      isPaused: '1',
    }),
    withdrawAnnouncementAction: async () => ({ id: await addPublicAnnouncement(), reason: 'case 10' }),
    decideApprovalAction: async () => ({ approvalId: await things.approval(victim.mailboxId), verdict: 'approve' }),
    doApprovedAction: async () => ({ approvalId: await things.approvedFor(logins.agent, victim.mailboxId) }),
    releaseSendingAction: { mailboxId, reason: 'case 8' },
    savePolicyAction: async () => ({ ...(await policyFields()), ...(await aPolicyChange()) }),
    returnToPolicyAction: async () => {
      const version = await things.savedPolicy()
      return { version, basedOn: version }
    },
    rehearsePolicyAction: policyFields,
    moveRolloutAction: async () => ({ version: await things.runningRollout(), to: 'finished' }),
    checkPolicyFileAction: {},
    createApiTokenAction: { name: 'test', 'scopes[]': ['events:read'], days: '1' },
    revokeApiTokenAction: async () => ({ tokenId: await things.apiToken() }),
    addEndpointAction: { url: 'https://example.net/hook', description: 'test', 'types[]': ['policy.save'] },
    removeEndpointAction: async () => ({ endpointId: (await things.webhook()).endpointId }),
    redeliverAction: async () => ({ deliveryId: (await things.webhook()).deliveryId }),
    savePolicyFileAction: async () => ({
      ...(await aPolicyChange()),
      document: JSON.stringify(defaultPolicy),
    }),
    holdDeliveryAction: { recipientId, reason: 'case 5' },
    releaseDeliveryAction: { recipientId },
    cancelDeliveryAction: { recipientId, reason: 'case 6' },
    flushDomainAction: { domain: 'elsewhere.test' },
    createNextKeysAction: { domain: 'infonia.ne.jp' },
    activateKeysAction: { domain: 'signed.test', isUnpublishedAllowed: 'on' },
  }
}

async function aPolicyChange(): Promise<Fields> {
  const { savedPolicy } = await import('./things.ts')
  return { note: 'from the test', basedOn: await savedPolicy() }
}

/** At another mailbox than that of the codes: one of them ends the other. */
async function invitationLink(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { bearerTokenHash } = await import('#lib/bearer-tokens/bearer-token.ts')
  const token = randomBytes(32).toString('base64url')
  const { id: mailboxId } = await prisma().mailbox.findUniqueOrThrow({ where: { address: 'hanako@infonia.ne.jp' } })
  await prisma().setUpCode.create({
    data: {
      ...{ digest: randomBytes(32), mailboxId, issuedBy: crypto.randomUUID(), helper: 'Taro', label: 'tablet' },
      ...{ expiresAt: new Date(Date.now() + 600_000), linkHash: bearerTokenHash(token) },
    },
  })
  return token
}

async function codeFor(purpose: SetUpPurpose, address: string): Promise<{ address: string; code: string }> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { secretsEnv } = await import('#lib/env/secrets.ts')
  const code = generateKanaCode()
  const { id: mailboxId } = await prisma().mailbox.findUniqueOrThrow({ where: { address } })
  const digest = setUpCodeDigest(secretsEnv().masterKey, { purpose, address, code })
  const expiresAt = new Date(Date.now() + 600_000)
  await prisma().setUpCode.create({ data: { digest, mailboxId, expiresAt, issuedBy: crypto.randomUUID() } })
  return { address, code }
}

async function policyFields(): Promise<Record<string, string | readonly string[]>> {
  const { policyFormValues } = await import('../../app/[locale]/(operator)/operator/policy/policy-form.ts')
  const { defaultPolicy } = await import('#lib/policy/index.ts')
  return policyFormValues(defaultPolicy)
}

/** What somebody who is refused may leave behind: that they tried. */
const traces = new Set(['login_failures', 'known_devices', 'passkey_challenges', 'web_sessions'])

/** Everything that an action could change, in one text. */
async function stateOfEverything(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const tables = await prisma().$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`
  const sums = tables
    .filter(({ name }) => !traces.has(name))
    .map(
      ({ name }) =>
        `(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM "${name}" t) AS "${name}"`,
    )
  const sessions = `(SELECT md5(string_agg(concat(id, revoked_at, proved_by), '|' ORDER BY id)) FROM web_sessions) AS sessions`
  return JSON.stringify(await prisma().$queryRawUnsafe(`SELECT ${[...sums, sessions].join(', ')}`))
}

function isSuccess(status: ReturnType<typeof actionStatus>): boolean {
  return status === 'done' || status === 'redirect'
}

const origins: Record<string, (url: string) => Record<string, string>> = {
  none: () => ({}),
  null: () => ({ origin: 'null' }),
  'another site': () => ({ origin: 'https://evil.example' }),
  'another site, also as X-Forwarded-Host': () => ({
    origin: 'https://evil.example',
    'x-forwarded-host': 'evil.example',
  }),
  'the other scheme': (url) => ({ origin: url.replace('http:', 'https:') }),
  'a name that begins like ours': (url) => ({ origin: `${url}.evil.example` }),
  'a sibling of ours': (url) => ({ origin: url.replace('localhost', 'sub.localhost') }),
}

/** What a page elsewhere can make a browser send without asking: cookies come along, custom headers do not. */
const formsOfOthers: Record<string, (actionId: string) => Parameters<WebClient['request']>[1]> = {
  'a form of another site, as a page without scripts sends it': (id) => {
    const body = new FormData()
    body.append(`$ACTION_ID_${id}`, '')
    body.append('credentialId', victim.credentialId)
    return { method: 'POST', headers: { origin: 'https://evil.example' }, body }
  },
  'a form in plain text': (id) => ({
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
    body: `$ACTION_ID_${id}=&credentialId=${victim.credentialId}`,
  }),
  'the action asked for by GET': (id) => ({ method: 'GET', headers: { 'next-action': id } }),
  'a top-level POST, which brings cookies of SameSite=Lax in some browsers': (id) => ({
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ [`$ACTION_ID_${id}`]: '', credentialId: victim.credentialId }),
  }),
}

const changeNothing = new Set(['chooseThemeAction', 'rememberTimeZoneAction'])
const guarded = (action: ActionReference) => (actionAccess[action.name]?.length ?? 0) < visitors.length

describe('actions on a subscriber’s things', () => {
  const refused = matrix('access-actions', 'Actions of the portal that worked for a role without the permission: none')
  before(async () => {
    await prepareFor('')
    await signEverybodyIn()
  })

  for (const action of actions.filter(guarded)) {
    const others = visitors.filter((name) => !actionAccess[action.name]?.includes(name))
    refused.check(
      `${action.name}: not for ${others.join(', ')}`,
      async () => {
        const { prisma } = await import('#lib/db/prisma.ts')
        await prisma().loginFailure.deleteMany()
        const sample = await sampleFor(action)
        const fields = new Map<VisitorName, Fields>()
        for (const visitor of others) fields.set(visitor, await fieldsFor(visitor, sample))
        const before = await stateOfEverything()
        for (const [visitor, sent] of fields) {
          const status = actionStatus(await clients[visitor].callAction(action, sent))
          assert.equal(isSuccess(status), false, `${visitor}: ${status}`)
        }
        assert.equal(await stateOfEverything(), before, 'somebody who was refused changed something')
      },
      others.length,
    )
  }
})

describe('actions', () => {
  const forgery = matrix('cross-site', 'Changes that another site made somebody’s browser do: none')
  test('every action has a line in the access table', () => {
    assert.deepEqual(actions.map(({ name }) => name).sort(), Object.keys(actionAccess).sort())
  })

  test('those permitted can: the same calls work for them', async () => {
    const unexpected: string[] = []
    await signEverybodyIn()
    for (const action of actions) {
      for (const visitor of actionAccess[action.name] ?? []) {
        await prepareFor(action.name)
        await comeBack(visitor)
        if (visitor === 'agent') await openVictimsPage()
        const sent = await fieldsFor(visitor, await sampleFor(action))
        const answer = await clients[visitor].callAction(action, sent)
        if (!guarded(action)) astray.add(visitor)
        const status = actionStatus(answer)
        const isFine = isSuccess(status) || (changeNothing.has(action.name) && answer.status === 200)
        if (!isFine) unexpected.push(`${visitor} ${action.name}: ${status} ${answer.status} ${answer.body.slice(-300)}`)
      }
    }
    assert.deepEqual(unexpected, [])
  })

  forgery.check(
    `${actions.length} actions from ${Object.keys(origins).length} wrong Origins, whatever else the request claims`,
    async () => {
      const unexpected: string[] = []
      await signEverybodyIn()
      for (const action of actions) {
        const [visitor = 'anonymous'] = actionAccess[action.name] ?? []
        await prepareFor(action.name)
        await comeBack(visitor)
        const sent = await fieldsFor(visitor, await sampleFor(action))
        const before = await stateOfEverything()
        for (const [name, headersFor] of Object.entries(origins)) {
          const answer = await clients[visitor].callAction(action, sent, headersFor(portal.url))
          const isSilent = answer.headers.getSetCookie().length === 0
          const isFine = !isSuccess(actionStatus(answer)) && isSilent
          if (!isFine) unexpected.push(`${action.name}, ${name}: ${actionStatus(answer)}`)
        }
        if ((await stateOfEverything()) !== before) unexpected.push(`${action.name} changed something`)
      }
      assert.deepEqual(unexpected, [])
    },
    actions.length * Object.keys(origins).length,
  )

  for (const [name, request] of Object.entries(formsOfOthers)) {
    forgery.check(name, async () => {
      await signEverybodyIn()
      const before = await stateOfEverything()
      const revoke = actions.find((action) => action.name === 'revokeCredentialAction')
      assert.ok(revoke)
      await clients.subscriber.request(revoke.page, request(revoke.id))
      assert.equal(await stateOfEverything(), before)
    })
  }

  test('arguments that are no form are refused', async () => {
    await signEverybodyIn()
    const before = await stateOfEverything()
    const { credentialId } = victim
    const revoke = actions.find(({ name }) => name === 'revokeCredentialAction')
    assert.ok(revoke)
    for (const args of [[{}, { credentialId }], [{ status: 'idle' }, { credentialId: { not: '' } }], [null], []]) {
      const answer = await clients.subscriber.request(revoke.page, {
        method: 'POST',
        headers: { origin: portal.url, accept: 'text/x-component', 'next-action': revoke.id },
        body: JSON.stringify(args),
      })
      assert.notEqual(actionStatus(answer), 'done')
    }
    assert.equal(await stateOfEverything(), before)
  })
})

/** The one before may have revoked it, or given it up. */
async function prepareFor(action: string): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().loginFailure.deleteMany()
  await prisma().authenticatorApp.deleteMany()
  await prisma().passkey.deleteMany({ where: { account: { login: { in: [logins.unproven, logins.subscriber] } } } })
  const closesAt = action === 'cancelClosingAction' ? new Date(Date.now() + 86_400_000) : null
  await prisma().mailbox.update({ where: { id: victim.mailboxId }, data: { closesAt } })
  await prisma().queuedRecipient.updateMany({ data: { state: 'WAITING', cancelRequestedAt: null } })
  await prisma().credential.update({ where: { id: victim.credentialId }, data: { revokedAt: null } })
  await prisma().dkimKey.deleteMany({})
  await prisma().dkimKey.create({ data: { domain: 'signed.test', selector: 'next', algorithm: 'RSA', publicKey: '' } })
}
