/** Codes of an authenticator app and recovery codes: each once, and not by guessing. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { generate } from 'otplib'
import { matrix } from '#tests/support/matrix.ts'
import { actionNamed } from '#tests/support/passkey-client.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { actionResult, actionStatus, WebClient } from '#tests/support/web-client.ts'

const login = logins.subscriber

let portal: TestPortal
let secret: string
let codes: readonly string[]

before(async () => {
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  await addEverybody()
  const client = new WebClient(portal.url)
  await client.callAction(actionNamed('signInAction'), { login, password: portalPassword })
  assert.equal(actionStatus(await client.callAction(actionNamed('beginAppAction'), {})), 'done')
  secret = (await shownKey(client)).replaceAll(' ', '')
  assert.equal(actionStatus(await client.callAction(actionNamed('confirmAppAction'), { code: '000000' })), 'refused')
  const code = await generate({ secret })
  assert.equal(actionStatus(await client.callAction(actionNamed('confirmAppAction'), { code })), 'done')
  codes = actionResult<string[]>(await client.callAction(actionNamed('issueRecoveryCodesAction'), {}))
})
after(() => portal.stop())

/** Whoever guessed before is forgotten, and the app's clock is a minute further than the last code that was taken. */
beforeEach(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().loginFailure.deleteMany()
  await prisma().authenticatorApp.updateMany({ data: { lastStep: 0 } })
})

async function shownKey(client: WebClient): Promise<string> {
  const { body } = await client.request('/security')
  const key = /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(body)?.[0]
  assert.ok(key)
  return key
}

/** A browser in which the right password was entered. */
async function halfway(): Promise<WebClient> {
  const client = new WebClient(portal.url)
  const answer = await client.callAction(actionNamed('signInAction'), { login, password: portalPassword })
  assert.match(answer.headers.get('x-action-redirect') ?? '', /^\/sign-in\/second-step/)
  return client
}

async function pass(client: WebClient, code: string, kind = 'authenticatorApp'): Promise<string> {
  const answer = await client.callAction(actionNamed('passSecondStepAction'), { kind, code })
  if (answer.body.includes('too_many_attempts')) return 'tooMany'
  return actionStatus(answer)
}

const isIn = async (client: WebClient) => (await client.request('/home')).status === 200

describe('the second step', () => {
  test('the right password alone opens nothing', async () => {
    const client = await halfway()
    assert.equal(await isIn(client), false)
    assert.match(await new WebClient(portal.url).signIn(login, portalPassword), /error=/)
  })

  test('a code of the app signs in', async () => {
    const client = await halfway()
    assert.equal(await pass(client, await generate({ secret })), 'redirect')
    assert.equal(await isIn(client), true)
  })

  test('is asked for again before everything is taken along', async () => {
    const client = await halfway()
    assert.equal(await pass(client, codes.at(-1) ?? '', 'recoveryCode'), 'redirect')
    const { prisma } = await import('#lib/db/prisma.ts')
    const { id } = await prisma().mailbox.findUniqueOrThrow({ where: { address: login } })
    const allow = async (code: string) =>
      actionStatus(
        await client.callAction(actionNamed('allowExportAction'), {
          mailboxId: `${id}`,
          password: portalPassword,
          code,
        }),
      )
    assert.equal(await allow(''), 'refused')
    assert.equal(await allow(await generate({ secret })), 'done')
  })

  const abuse = matrix('second-step', 'Codes of the second step that were none, or used, and signed somebody in: none')

  abuse.check('the code that was just taken', async () => {
    const code = await generate({ secret })
    assert.equal(await pass(await halfway(), code), 'redirect')
    assert.equal(await pass(await halfway(), code), 'refused')
  })

  abuse.check('one code in two browsers at once', async () => {
    const [one, other] = [await halfway(), await halfway()]
    const code = await generate({ secret })
    assert.deepEqual((await Promise.all([pass(one, code), pass(other, code)])).sort(), ['redirect', 'refused'])
  })

  abuse.check('a code of an earlier step after one of a later step', async () => {
    const epoch = Math.floor(Date.now() / 1_000)
    assert.equal(await pass(await halfway(), await generate({ secret, epoch })), 'redirect')
    assert.equal(await pass(await halfway(), await generate({ secret, epoch: epoch - 30 })), 'refused')
  })

  for (const seconds of [-90, -3_600, 90, 3_600]) {
    abuse.check(`a code of ${seconds} seconds from now`, async () => {
      const epoch = Math.floor(Date.now() / 1_000) + seconds
      assert.equal(await pass(await halfway(), await generate({ secret, epoch })), 'refused')
    })
  }

  abuse.check('a code without the password, or with a forged cookie', async () => {
    const client = new WebClient(portal.url)
    const code = await generate({ secret })
    assert.equal(await pass(client, code), 'refused')
    client.setCookie('sign-in', 'planted')
    assert.equal(await pass(client, code), 'refused')
  })

  abuse.check('a code ten minutes after the password', async () => {
    const client = await halfway()
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().pendingSignIn.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } })
    assert.equal(await pass(client, await generate({ secret })), 'refused')
  })

  abuse.check(
    'a thousand guesses, also the same one again in the next time step',
    async () => {
      const client = await halfway()
      const right = await generate({ secret })
      const outcomes: string[] = []
      for (let guess = 0; outcomes.at(-1) !== 'tooMany' && guess < 1_000; guess += 1) {
        const code = String(guess).padStart(6, '9')
        outcomes.push(await pass(client, code === right ? '000000' : code))
      }
      assert.ok(outcomes.length <= 21, `${outcomes.length} guesses were looked at`)
      assert.equal(await pass(client, right), 'tooMany')
    },
    1_000,
  )

  abuse.check('a recovery code for the second time', async () => {
    const [code = ''] = codes
    assert.equal(await pass(await halfway(), code, 'recoveryCode'), 'redirect')
    assert.equal(await pass(await halfway(), code, 'recoveryCode'), 'refused')
  })

  abuse.check('a recovery code of somebody else', async () => {
    const client = new WebClient(portal.url)
    await client.callAction(actionNamed('signInAction'), { login: logins.stranger, password: portalPassword })
    const [other = ''] = actionResult<string[]>(await client.callAction(actionNamed('issueRecoveryCodesAction'), {}))
    assert.equal(await pass(await halfway(), other, 'recoveryCode'), 'refused')
  })

  abuse.check('an earlier set of recovery codes', async () => {
    const client = await halfway()
    await pass(client, codes[1] ?? '', 'recoveryCode')
    await client.callAction(actionNamed('issueRecoveryCodesAction'), {})
    assert.equal(await pass(await halfway(), codes[2] ?? '', 'recoveryCode'), 'refused')
  })

  test('the database keeps neither the secret nor a code', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const apps = await prisma().authenticatorApp.findMany()
    const kept = apps.map(({ sealedSecret }) => Buffer.from(sealedSecret).toString('latin1')).join()
    assert.ok(!kept.includes(secret))
    const [row] = await prisma().recoveryCode.findMany()
    assert.equal(row?.digest.length, 32)
  })

  test('the secret is not shown again once the first code was there', async () => {
    const client = await halfway()
    await pass(client, await generate({ secret }))
    assert.ok(!(await client.request('/security')).body.includes(secret.slice(0, 8)))
  })
})
