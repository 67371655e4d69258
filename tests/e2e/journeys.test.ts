/** Journeys that no other file makes, each as somebody who sees the pages for the first time, on a desk and on a phone. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, beforeEach, describe } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { artifactPath } from '#tests/support/artifacts.ts'
import { axeViolations, browserMissing, openBrowser } from '#tests/support/browser.ts'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'

const skip = browserMissing

let portal: TestPortal
let browser: Browser
let taro: { id: number; actor: { customerId: string; accountId: string } }

before(async () => {
  if (skip) return
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  taro = (await addEverybody()).subscriber
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

/** Each journey begins with nothing done. */
beforeEach(async () => {
  if (skip) return
  const { prisma } = await import('#lib/db/prisma.ts')
  const { addQueuedMessage } = await import('#tests/support/queued-message.ts')
  await prisma().alias.deleteMany()
  await prisma().auditRecord.deleteMany()
  await prisma().traceConsent.deleteMany()
  await prisma().queuedMessage.deleteMany()
  await prisma().mailbox.updateMany({ data: { closesAt: null } })
  const { customerId } = taro.actor
  await prisma().contact.upsert({ where: { customerId }, create: { customerId, phone: '+81312345678' }, update: {} })
  await addQueuedMessage({ id: taro.id, address: 'taro@infonia.ne.jp' }, [{ address: 'dear.friend@elsewhere.test' }])
})

const devices = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
const languages = ['ja', 'en'] as const
type Way = { readonly device: keyof typeof devices; readonly language: (typeof languages)[number] }

/** What a page says, by its key in the messages. */
function words({ language }: Way, key: string, values: Record<string, string> = {}): string {
  const messages = JSON.parse(readFileSync(`messages/${language}.json`, 'utf8')) as unknown
  const text = key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], messages)
  return Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), String(text))
}

class Person {
  readonly page: Page
  readonly #way: Way
  readonly #journey: string
  #pictures = 0

  constructor(page: Page, way: Way, journey: string) {
    this.page = page
    this.#way = way
    this.#journey = journey
  }

  goTo(path: string) {
    return this.page.goto(`${portal.url}${this.#way.language === 'en' ? '/en' : ''}${path}`)
  }

  say(key: string, values: Record<string, string> = {}): string {
    return words(this.#way, key, values)
  }

  press(key: string, values: Record<string, string> = {}) {
    return this.page
      .getByRole('button', { name: this.say(key, values), exact: true })
      .first()
      .click()
  }

  unfold(key: string) {
    return this.page
      .locator('summary', { hasText: this.say(key) })
      .first()
      .click()
  }

  sees(text: string) {
    return this.page.getByText(text).first().waitFor()
  }

  /** What everybody must be able to use, and a picture of it. */
  async looks(): Promise<void> {
    assert.deepEqual(await axeViolations(this.page), [])
    const overflow = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${this.page.url()} is ${overflow} px too wide`)
    this.#pictures += 1
    const { device, language } = this.#way
    const path = artifactPath(`journey-${this.#journey}-${this.#pictures}-${device}-${language}.png`)
    await this.page.screenshot({ path, fullPage: true })
  }
}

async function withPeople(
  way: Way,
  journey: string,
  logins: readonly (string | null)[],
  walk: (...people: Person[]) => Promise<void>,
): Promise<void> {
  const contexts: BrowserContext[] = []
  try {
    const people: Person[] = []
    for (const login of logins) {
      const context = await browser.newContext({ viewport: devices[way.device], locale: 'ja-JP' })
      contexts.push(context)
      const page = await context.newPage()
      if (login !== null) await signIn(page, portal.url, login)
      people.push(new Person(page, way, journey))
    }
    await walk(...people)
  } finally {
    for (const context of contexts) await context.close()
  }
}

async function ownAccount(owner: Person): Promise<void> {
  const { page } = owner
  await owner.goTo('/mailbox')
  await owner.looks()
  await page.getByRole('link', { name: owner.say('mailbox.account') }).click()
  await owner.sees(owner.say('account.lead'))
  await page.locator('input[name=name]').fill('yamada')
  await owner.press('account.alias.submit')
  await owner.sees('yamada@infonia.ne.jp')
  await page.locator('input[name=name]').fill('postmaster')
  await owner.press('account.alias.submit')
  await page.getByRole('alert').first().waitFor()
  await owner.looks()
  await page.locator('input[name=password]').first().fill(portalPassword)
  await owner.press('account.export.submit')
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()])
  assert.equal(download.suggestedFilename(), 'taro.zip')
  await owner.unfold('account.close.open')
  await page.locator('input[name="understood[]"]').check()
  await page.locator('input[name=password]').last().fill(portalPassword)
  await owner.press('account.close.submit')
  await page.getByRole('button', { name: owner.say('account.close.cancel') }).waitFor()
  await owner.goTo('/home')
  await owner.sees(owner.say('home.closing.body'))
  await owner.looks()
  await page.getByRole('link', { name: owner.say('home.closing.open') }).click()
  await owner.press('account.close.cancel')
  await page.getByText(owner.say('account.close.title')).waitFor()
}

async function openCustomer(agent: Person): Promise<void> {
  const { page } = agent
  await agent.goTo('/support')
  await page.locator('input[name=query]').fill('taro@infonia.ne.jp')
  await page.locator('input[name=reason]').first().fill('case 4711')
  await agent.press('support.search')
  await agent.press('support.open')
  await page.waitForURL(/\/support\/[0-9a-f-]{36}/)
}

async function setUpByTelephone(agent: Person, caller: Person): Promise<void> {
  const { page } = agent
  await openCustomer(agent)
  await agent.looks()
  await agent.unfold('support.page.setUpCode.open')
  const form = page.locator('form', { has: page.locator('select[name=purpose]') })
  await form.locator('input[type=checkbox]').check()
  await form.locator('input[name=reason]').fill('case 4711')
  await form.getByRole('button').click()
  const spoken = page.locator('p[lang=ja].text-std-26B-150')
  await spoken.first().waitFor()
  await agent.looks()
  const code = (await spoken.allTextContents()).join('')
  await caller.goTo('/setup')
  await caller.looks()
  await caller.page.locator('input[name=address]').first().fill('taro@infonia.ne.jp')
  await caller.page.locator('input[name=code]').first().fill(code)
  await caller.page.locator('input[name=label]').fill('PC')
  await caller.press('setup.mail.submit')
  await caller.page
    .getByText(/[a-z2-9]{4}(?:-[a-z2-9]{4}){6}/)
    .first()
    .waitFor()
  await caller.looks()
}

async function traceWithConsent(agent: Person, owner: Person): Promise<void> {
  const { page } = agent
  await openCustomer(agent)
  await agent.unfold('support.page.trace.open')
  const form = page.locator('form', { has: page.getByRole('button', { name: agent.say('support.page.trace.ask') }) })
  await form.locator('input[name=reason]').fill('case 4711')
  await form.getByRole('button').click()
  await agent.sees(agent.say('support.page.trace.askedBody'))
  await owner.goTo('/home')
  await owner.sees('case 4711')
  await owner.looks()
  await owner.press('home.trace.allow')
  await owner.page.getByRole('button', { name: owner.say('home.trace.withdraw') }).waitFor()
  await page.reload()
  await agent.unfold('support.page.trace.open')
  await page.getByRole('link', { name: agent.say('support.page.trace.show') }).click()
  await agent.sees('dear.friend@elsewhere.test')
  await agent.looks()
  await owner.goTo('/activity')
  await owner.sees(owner.say('activity.changes.action.lookTrace'))
  await owner.goTo('/home')
  await owner.press('home.trace.withdraw')
  await owner.page.getByText('case 4711').waitFor({ state: 'detached' })
  const answer = await page.reload()
  assert.equal(answer?.status(), 404)
}

const journeys = {
  account: { logins: ['taro@infonia.ne.jp'], walk: ownAccount },
  telephone: { logins: ['agent', null], walk: setUpByTelephone },
  trace: { logins: ['agent', 'taro@infonia.ne.jp'], walk: traceWithConsent },
} as const

describe('a journey', { skip }, () => {
  const table = matrix('journeys', 'Journeys of subscribers and agents, on a desk and a phone, in both languages')
  for (const [name, { logins, walk }] of Object.entries(journeys)) {
    for (const device of Object.keys(devices) as (keyof typeof devices)[]) {
      for (const language of languages) {
        table.check(`${name}, ${device}, ${language}`, () =>
          withPeople({ device, language }, name, logins, walk as (...people: Person[]) => Promise<void>),
        )
      }
    }
  }
})
