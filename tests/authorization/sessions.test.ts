import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { actionStatus, builtActions, WebClient } from '#tests/support/web-client.ts'

const taro = 'taro@infonia.ne.jp'

let portal: TestPortal
let mailPassword: string

before(async () => {
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  mailPassword = (await addEverybody()).subscriber.credential.password
})

after(() => portal.stop())

async function signedIn(login: string = taro): Promise<WebClient> {
  const client = new WebClient(portal.url)
  await client.signIn(login, portalPassword)
  return client
}

async function isSignedIn(client: WebClient): Promise<boolean> {
  return (await client.request('/security')).status === 200
}

function action(name: string) {
  const found = builtActions().find((known) => known.name === name)
  assert.ok(found, name)
  return found
}

async function newestSession(login = taro) {
  const { prisma } = await import('#lib/db/prisma.ts')
  return prisma().webSession.findFirstOrThrow({ where: { account: { login } }, orderBy: { createdAt: 'desc' } })
}

async function age(sessionId: string, seconds: { idle?: number; absolute?: number }): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { lastSeenAt, expiresAt } = await prisma().webSession.findUniqueOrThrow({ where: { id: sessionId } })
  await prisma().webSession.update({
    where: { id: sessionId },
    data: {
      lastSeenAt: new Date(lastSeenAt.getTime() - (seconds.idle ?? 0) * 1_000),
      expiresAt: new Date(expiresAt.getTime() - (seconds.absolute ?? 0) * 1_000),
    },
  })
}

describe('web sessions', () => {
  const table = matrix('sessions-portal', 'Sessions of the portal that lived on, or were another’s: none')

  table.check('every sign-in has a token of its own, and the one before ends', async () => {
    const client = await signedIn()
    const first = new WebClient(portal.url)
    for (const [name, value] of client.cookies) first.setCookie(name, value)
    const fields = { login: taro, password: portalPassword }
    assert.equal(actionStatus(await client.callAction(action('signInAction'), fields)), 'redirect')
    assert.equal(await isSignedIn(client), true)
    assert.equal(await isSignedIn(first), false)
  })

  table.check('a token that somebody planted is worth nothing', async () => {
    const client = new WebClient(portal.url)
    client.setCookie('session', 'planted')
    await client.signIn(taro, portalPassword)
    assert.notEqual(client.cookies.get('session'), 'planted')
    const victim = new WebClient(portal.url)
    victim.setCookie('session', 'planted')
    assert.equal(await isSignedIn(victim), false)
  })

  table.check('the database keeps no token, and the cookie is not the token', async () => {
    const client = await signedIn()
    const { tokenHash } = await newestSession()
    const cookie = client.cookies.get('session') ?? ''
    assert.equal(tokenHash.length, 32)
    assert.ok(!cookie.includes(Buffer.from(tokenHash).toString('base64url')))
  })

  table.check('signing out ends the session on the server, not only the cookie', async () => {
    const client = await signedIn()
    const copy = new WebClient(portal.url)
    for (const [name, value] of client.cookies) copy.setCookie(name, value)
    await client.callAction(action('signOutAction'), {})
    assert.equal(client.cookies.has('session'), false)
    assert.equal(await isSignedIn(copy), false)
  })

  table.check('a session ended from another browser is over at its next request', async () => {
    const [here, there] = [await signedIn(), await signedIn()]
    const { id } = await newestSession()
    const answer = await here.callAction(action('endSessionAction'), { sessionId: id })
    assert.equal(actionStatus(answer), 'done')
    assert.equal(await isSignedIn(there), false)
    assert.equal(await isSignedIn(here), true)
  })

  for (const { login, idle, absolute } of [
    { login: taro, idle: 30 * 60, absolute: 12 * 3_600 },
    { login: 'agent', idle: 15 * 60, absolute: 8 * 3_600 },
    { login: 'operator', idle: 15 * 60, absolute: 8 * 3_600 },
  ]) {
    table.check(`${login}: ${idle / 60} minutes without activity, ${absolute / 3_600} hours in all`, async () => {
      const idler = await signedIn(login)
      await age((await newestSession(login)).id, { idle: idle - 30 })
      assert.equal(await isSignedIn(idler), true)
      await age((await newestSession(login)).id, { idle: idle + 1 })
      assert.equal(await isSignedIn(idler), false)
      const busy = await signedIn(login)
      await age((await newestSession(login)).id, { absolute: absolute - 60 })
      assert.equal(await isSignedIn(busy), true)
      await age((await newestSession(login)).id, { absolute: 61 })
      assert.equal(await isSignedIn(busy), false)
    })
  }

  table.check('whoever was signing in while the password changed is not let in by the old one', async () => {
    const [{ prisma }, sessions, pending] = await Promise.all([
      import('#lib/db/prisma.ts'),
      import('#lib/auth/web-sessions.ts'),
      import('#lib/auth/pending-sign-in.ts'),
    ])
    const account = await prisma().portalAccount.findUniqueOrThrow({ where: { login: taro } })
    const { id: accountId, passwordHash } = account
    const proof = sessions.knowsPassword({ accountId, passwordHash })
    const proved = { accountId, role: 'SUBSCRIBER', provedBy: 'password' } as const
    const visitor = { address: '192.0.2.1', userAgent: '' }
    const waiting = await pending.openPendingSignIn(accountId, proof)
    await prisma().portalAccount.update({ where: { id: accountId }, data: { passwordHash: 'another' } })
    await prisma().$transaction((transaction) => sessions.revokeSessionsOf(transaction, accountId))
    await prisma().portalAccount.update({ where: { id: accountId }, data: { passwordHash: 'one more' } })
    const late = [
      sessions.openWebSession(proved, visitor, proof),
      pending.openPendingSignIn(accountId, proof),
      sessions.openWebSession(proved, visitor, pending.takePendingSignIn(waiting)),
    ]
    const results = await Promise.allSettled(late)
    await prisma().portalAccount.update({ where: { id: accountId }, data: { passwordHash } })
    assert.deepEqual(
      results.map((result) => (result.status === 'rejected' ? result.reason.code : 'let in')),
      ['not_signed_in', 'not_signed_in', 'not_signed_in'],
    )
    assert.equal(await pending.findPendingSignIn(waiting), null)
  })

  table.check('a disabled account is out at once', async () => {
    const client = await signedIn()
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().portalAccount.update({ where: { login: taro }, data: { disabledAt: new Date() } })
    assert.equal(await isSignedIn(client), false)
    await prisma().portalAccount.update({ where: { login: taro }, data: { disabledAt: null } })
  })

  table.check('the cookie is HttpOnly, SameSite=Lax and ends with the session', async () => {
    const client = new WebClient(portal.url)
    const answer = await client.callAction(action('signInAction'), { login: taro, password: portalPassword })
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('session='))
    assert.match(cookie ?? '', /HttpOnly/i)
    assert.match(cookie ?? '', /SameSite=lax/i)
    assert.match(cookie ?? '', /Max-Age=43200/i)
  })
})

describe('signing in', () => {
  test('the password of the old system opens the portal once, and is then the portal’s own', async () => {
    const { addSubscriber } = await import('#tests/support/people.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    const { importPassword } = await import('#lib/inherited-passwords/import-password.ts')
    const { id: accountId } = await prisma().portalAccount.findUniqueOrThrow({ where: { login: 'operator' } })
    const { address } = await addSubscriber('mukashi', false)
    const hash = '{PLAIN-MD5}fe090881400f993566c486a3187420cb'
    await importPassword({ accountId, role: 'OPERATOR', customerId: null }, { address, hash })
    const signInBy = async (password: string) =>
      actionStatus(await new WebClient(portal.url).callAction(action('signInAction'), { login: address, password }))
    assert.equal(await signInBy('Old pass 2'), 'refused')
    assert.equal(await signInBy('Old pass 1'), 'redirect')
    assert.equal(await prisma().inheritedPassword.count(), 0)
    assert.equal(await signInBy('Old pass 1'), 'redirect')
  })

  const table = matrix('signing-in', 'Ways past the portal’s front door: none')
  table.check('a mail credential does not open the portal', async () => {
    const client = new WebClient(portal.url)
    assert.match(await client.signIn(taro, mailPassword), /error=/)
    assert.equal(await isSignedIn(client), false)
  })

  table.check('an unknown login and a wrong password get the same answer', async () => {
    const answerTo = async (login: string) => {
      const answer = await new WebClient(portal.url).callAction(action('signInAction'), { login, password: 'wrong' })
      return /"code":"[^"]*","message":"[^"]*"/.exec(answer.body)?.[0]
    }
    const known = await answerTo('hanako@infonia.ne.jp')
    assert.ok(known?.includes('not_signed_in'))
    assert.equal(await answerTo('nobody@infonia.ne.jp'), known)
  })

  table.check('the password never comes back in an answer', async () => {
    const secret = 'mistyped-secret-value'
    const answer = await new WebClient(portal.url).callAction(action('signInAction'), { login: taro, password: secret })
    assert.ok(!answer.body.includes(secret))
    assert.ok(answer.body.includes(taro), 'the login does, so that it need not be typed again')
  })

  table.check(
    'after too many wrong passwords even the right one waits, also when tried all at once',
    async (context) => {
      // The other tests of this file come from the same address.
      const { prisma } = await import('#lib/db/prisma.ts')
      const forget = () => prisma().loginFailure.deleteMany()
      await forget()
      context.after(forget)
      const login = 'shiro@infonia.ne.jp'
      const { addSubscriber } = await import('#tests/support/people.ts')
      await addSubscriber('shiro', false)
      const isChecked = async (password: string) => {
        const { body } = await new WebClient(portal.url).callAction(action('signInAction'), { login, password })
        return body.includes('not_signed_in')
      }
      const checked = await Promise.all(Array.from({ length: 30 }, (_, index) => isChecked(`at-once-${index}`)))
      for (let index = 0; index < 20; index += 1) checked.push(await isChecked(`in-turn-${index}`))
      assert.equal(checked.filter(Boolean).length, 20)
      const client = new WebClient(portal.url)
      const answer = await client.callAction(action('signInAction'), { login, password: portalPassword })
      assert.match(answer.body, /too_many_attempts/)
      assert.match(await client.signIn(login, portalPassword), /error=/, 'nor by next-auth’s own protocol')
      await forget()
      assert.doesNotMatch(await client.signIn(login, portalPassword), /error=/)
    },
  )

  table.check(
    'a browser that has signed in before is not stopped by others at its address, and counts for itself',
    async (context) => {
      const { prisma } = await import('#lib/db/prisma.ts')
      const forget = () => prisma().loginFailure.deleteMany()
      await forget()
      context.after(forget)
      const { addSubscriber } = await import('#tests/support/people.ts')
      for (const name of ['goro', 'rokuro']) await addSubscriber(name, false)
      const login = 'goro@infonia.ne.jp'
      const attempt = async (client: WebClient, password: string, name = login) =>
        client.callAction(action('signInAction'), { login: name, password })
      const known = new WebClient(portal.url)
      assert.ok((await attempt(known, portalPassword)).headers.has('x-action-redirect'))
      assert.ok(known.cookies.has('browser'))

      for (let index = 0; index < 20; index += 1) await attempt(new WebClient(portal.url), `stranger-${index}`)
      const stranger = new WebClient(portal.url)
      stranger.setCookie('browser', `${known.cookies.get('browser')}x`)
      assert.match((await attempt(stranger, portalPassword)).body, /too_many_attempts/, 'a forged cookie is none')
      const other = await attempt(known, portalPassword, 'rokuro@infonia.ne.jp')
      assert.match(other.body, /too_many_attempts/, 'the cookie is for its own account')
      assert.match((await attempt(known, 'mistyped')).body, /not_signed_in/)
      assert.ok((await attempt(known, portalPassword)).headers.has('x-action-redirect'))
      const { body } = await known.request('/activity')
      assert.equal(body.match(/<span>127\.0\.0\.1 から<\/span>/g)?.length, 20, 'the owner sees the guesses of others')

      for (let index = 0; index < 20; index += 1) await attempt(known, `stolen-${index}`)
      assert.match((await attempt(known, portalPassword)).body, /too_many_attempts/)
    },
  )

  table.check('where to go next stays within the portal', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const client = new WebClient(portal.url)
      const fields = { login: 'hanako@infonia.ne.jp', password: portalPassword, next }
      const answer = await client.callAction(action('signInAction'), fields)
      assert.match(answer.headers.get('x-action-redirect') ?? '', /^\/home/, next)
    }
  })

  table.check('next-auth’s own protocol refuses a foreign Origin', async () => {
    const client = new WebClient(portal.url)
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await client.request('/api/auth/callback/credentials', {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ login: taro, password: portalPassword }),
      })
      assert.equal(answer.status, 403)
    }
    assert.equal(client.cookies.has('session'), false)
  })
})
