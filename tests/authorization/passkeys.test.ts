/** Signing in with passkeys, and all that is no passkey. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import {
  actionNamed,
  passkeyAnswer,
  registerPasskey,
  signInStaff,
  signInWithPasskey,
} from '#tests/support/passkey-client.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import {
  type Deviation,
  type RegistrationRequest,
  SoftwareAuthenticator,
} from '#tests/support/software-authenticator.ts'
import { actionResult, actionStatus, WebClient } from '#tests/support/web-client.ts'

let portal: TestPortal
let taros: SoftwareAuthenticator

before(async () => {
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  await addEverybody()
  taros = new SoftwareAuthenticator(portal.url)
  assert.equal(actionStatus(await registerPasskey(await withPassword(logins.subscriber), taros)), 'done')
})
after(() => portal.stop())
beforeEach(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().loginFailure.deleteMany()
})

async function withPassword(login: string): Promise<WebClient> {
  const client = new WebClient(portal.url)
  await client.callAction(actionNamed('signInAction'), { login, password: portalPassword })
  return client
}

/** Of the stranger, in another browser. */
async function anEarlierSession(): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  await withPassword(logins.stranger)
  const { id } = await prisma().webSession.findFirstOrThrow({
    where: { account: { login: logins.stranger } },
    orderBy: { createdAt: 'desc' },
  })
  return id
}

async function reaches(client: WebClient, path: string): Promise<boolean> {
  return (await client.request(path)).status === 200
}

async function signInWith(client: WebClient, answer: string): Promise<string> {
  return actionStatus(await client.callAction(actionNamed('signInWithPasskeyAction'), { answer }))
}

describe('passkeys', () => {
  test('sign in without a name and without a password', async () => {
    const client = new WebClient(portal.url)
    assert.equal(actionStatus(await signInWithPasskey(client, taros)), 'redirect')
    assert.equal(await reaches(client, '/home'), true)
  })

  test('what is asked for tells nothing about anybody', async () => {
    const begun = await new WebClient(portal.url).callAction(actionNamed('beginPasskeySignInAction'), {})
    const asked = actionResult<{ allowCredentials?: unknown[]; userVerification: string; rpId: string }>(begun)
    assert.deepEqual(asked.allowCredentials ?? [], [])
    assert.equal(asked.userVerification, 'required')
    assert.equal(asked.rpId, 'localhost')
  })

  const wrong: Record<string, Deviation> = {
    'another origin': { origin: 'https://evil.example' },
    'a look-alike origin': { origin: 'http://localhost.evil.example' },
    'another port': { origin: 'http://localhost:1' },
    'another relying party': { rpId: 'evil.example' },
    'another challenge': { challenge: Buffer.alloc(32, 7).toString('base64url') },
    'the wrong kind of answer': { type: 'webauthn.create' },
    'a user who was not verified': { isUserVerified: false },
    'a counter that went back': { counter: 0 },
  }
  const abuse = matrix('passkeys', 'Passkey answers that were none and signed somebody in or were registered: none')

  for (const [name, deviation] of Object.entries(wrong)) {
    abuse.check(`sign-in with ${name}`, async () => {
      const client = new WebClient(portal.url)
      await signInWithPasskey(client, taros)
      const fresh = new WebClient(portal.url)
      const begun = await fresh.callAction(actionNamed('beginPasskeySignInAction'), {})
      const answer = taros.authenticate(actionResult(begun), deviation)
      assert.equal(await signInWith(fresh, answer), 'refused')
      assert.equal(await reaches(fresh, '/home'), false)
    })
    if (name === 'a counter that went back') continue
    const registered = deviation.type === undefined ? deviation : { type: 'webauthn.get' }
    abuse.check(`registration with ${name}`, async () => {
      const client = await withPassword(logins.stranger)
      const begun = await client.callAction(actionNamed('beginRegistrationAction'), {})
      const answer = new SoftwareAuthenticator(portal.url).register(
        actionResult<RegistrationRequest>(begun),
        registered,
      )
      const refused = await client.callAction(actionNamed('registerPasskeyAction'), { label: 'x', answer })
      assert.equal(actionStatus(refused), 'refused')
    })
  }

  abuse.check('an answer that was good once', async () => {
    const client = new WebClient(portal.url)
    const answer = await passkeyAnswer(client, taros)
    assert.equal(await signInWith(client, answer), 'redirect')
    assert.equal(await signInWith(client, answer), 'refused')
  })

  abuse.check('an answer that came twice at once', async () => {
    const client = new WebClient(portal.url)
    const answer = await passkeyAnswer(client, taros)
    const outcomes = await Promise.all([signInWith(client, answer), signInWith(client, answer)])
    assert.deepEqual(outcomes.sort(), ['redirect', 'refused'])
  })

  abuse.check('an answer to what another browser was asked', async () => {
    const answer = await passkeyAnswer(new WebClient(portal.url), taros)
    const other = new WebClient(portal.url)
    await other.callAction(actionNamed('beginPasskeySignInAction'), {})
    assert.equal(await signInWith(other, answer), 'refused')
  })

  abuse.check('an answer that took too long', async () => {
    const client = new WebClient(portal.url)
    const answer = await passkeyAnswer(client, taros)
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().$executeRaw`UPDATE passkey_challenges SET expires_at = now() - interval '1 second'`
    assert.equal(await signInWith(client, answer), 'refused')
  })

  abuse.check('a passkey that nobody registered', async () => {
    const client = new WebClient(portal.url)
    const stranger = new SoftwareAuthenticator(portal.url)
    assert.equal(await signInWith(client, await passkeyAnswer(client, stranger)), 'refused')
  })

  abuse.check('the passkey of a disabled account', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const disable = (disabledAt: Date | null) =>
      prisma().portalAccount.update({ where: { login: logins.subscriber }, data: { disabledAt } })
    await disable(new Date())
    const client = new WebClient(portal.url)
    assert.equal(await signInWith(client, await passkeyAnswer(client, taros)), 'refused')
    await disable(null)
  })

  abuse.check('the passkey of somebody else as a confirmation', async () => {
    const client = await withPassword(logins.stranger)
    const begun = await client.callAction(actionNamed('beginConfirmationAction'), {})
    const answer = taros.authenticate(actionResult(begun))
    assert.equal(actionStatus(await client.callAction(actionNamed('confirmByPasskeyAction'), { answer })), 'refused')
  })

  abuse.check('a registered passkey registered by somebody else', async () => {
    assert.equal(actionStatus(await registerPasskey(await withPassword(logins.stranger), taros)), 'refused')
  })

  abuse.check('an answer that is no JSON, or of another shape', async () => {
    const client = new WebClient(portal.url)
    for (const answer of ['', '{', '[]', 'null', '{"id":"a"}', `{"id":"${'a'.repeat(30_000)}"}`]) {
      await client.callAction(actionNamed('beginPasskeySignInAction'), {})
      assert.equal(await signInWith(client, answer), 'refused', answer.slice(0, 20))
    }
  })

  test('known and unknown passkeys get the same answer', async () => {
    const heard = async (authenticator: SoftwareAuthenticator, deviation: Deviation) => {
      const client = new WebClient(portal.url)
      const begun = await client.callAction(actionNamed('beginPasskeySignInAction'), {})
      const answer = authenticator.authenticate(actionResult(begun), deviation)
      const { body } = await client.callAction(actionNamed('signInWithPasskeyAction'), { answer })
      return /"code":"[^"]*","message":"[^"]*"/.exec(body)?.[0]
    }
    const known = await heard(taros, { origin: 'https://evil.example' })
    assert.ok(known?.includes('not_signed_in'))
    assert.equal(await heard(new SoftwareAuthenticator(portal.url), {}), known)
  })
})

describe('staff', () => {
  test('reach nothing with the password alone, until they have registered a passkey', async () => {
    const client = await withPassword(logins.operator)
    for (const path of ['/operator/policy', '/operator/queue', '/api/queue', '/support']) {
      assert.equal(await reaches(client, path), false, path)
    }
    assert.equal(await reaches(client, '/first-passkey'), true)
    await signInStaff(client, logins.operator)
    assert.equal(await reaches(client, '/operator/policy'), true)
  })

  test('who have a passkey get no session for the password, by no door', async () => {
    const client = await withPassword(logins.operator)
    assert.equal(await reaches(client, '/security'), false)
    assert.match(await new WebClient(portal.url).signIn(logins.operator, portalPassword), /error=/)
    const waived = await client.callAction(actionNamed('waivePasskeyAction'), {})
    assert.equal(actionStatus(waived), 'refused')
  })

  test('cannot remove their last passkey', async () => {
    const client = new WebClient(portal.url)
    await signInStaff(client, logins.operator)
    const { prisma } = await import('#lib/db/prisma.ts')
    const { id: passkeyId } = await prisma().passkey.findFirstOrThrow({
      where: { account: { login: logins.operator } },
    })
    assert.equal(actionStatus(await client.callAction(actionNamed('removePasskeyAction'), { passkeyId })), 'refused')
  })

  test('change nothing of their sign-in ten minutes after they last proved who they are', async () => {
    const client = await withPassword(logins.stranger)
    const sessionId = await anEarlierSession()
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().webSession.updateMany({ data: { confirmedAt: new Date(Date.now() - 10 * 60_000) } })
    const sensitive: Record<string, Record<string, string>> = {
      beginRegistrationAction: {},
      beginAppAction: {},
      removeAppAction: {},
      issueRecoveryCodesAction: {},
      changePasswordAction: { currentPassword: portalPassword, newPassword: 'another password of mine' },
      endSessionAction: { sessionId },
      askForRecoveryAddressAction: { address: 'family@example.net' },
      removeRecoveryAddressAction: {},
    }
    for (const [name, fields] of Object.entries(sensitive)) {
      assert.equal(actionStatus(await client.callAction(actionNamed(name), fields)), 'refused', name)
    }
    const wrongPassword = { password: 'wrong', code: '' }
    assert.equal(
      actionStatus(await client.callAction(actionNamed('confirmByPasswordAction'), wrongPassword)),
      'refused',
    )
    const confirmed = await client.callAction(actionNamed('confirmByPasswordAction'), {
      password: portalPassword,
      code: '',
    })
    assert.equal(actionStatus(confirmed), 'done')
    assert.equal(actionStatus(await client.callAction(actionNamed('beginRegistrationAction'), {})), 'done')
    assert.equal(actionStatus(await client.callAction(actionNamed('endSessionAction'), { sessionId })), 'done')
  })

  test('change their password with the current one, to one that is hard to guess', async () => {
    const client = await withPassword(logins.stranger)
    const change = async (currentPassword: string, newPassword: string) =>
      actionStatus(await client.callAction(actionNamed('changePasswordAction'), { currentPassword, newPassword }))
    assert.equal(await change('not the current one', 'another password of mine'), 'refused')
    assert.equal(await change(portalPassword, `${logins.stranger}1`), 'refused')
    assert.equal(await change(portalPassword, 'another password of mine'), 'done')
    assert.equal(await change('another password of mine', portalPassword), 'done')
  })
})
