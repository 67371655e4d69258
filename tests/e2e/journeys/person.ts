/** Somebody at a page. They know it by its words, in their own language. */
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { artifactPath } from '#tests/support/artifacts.ts'
import { collectComplaints } from '#tests/support/browser.ts'
import { eventually } from '#tests/support/eventually.ts'
import { assertFits } from '#tests/support/looks.ts'
import { type Look, wordsOf } from './look.ts'

type Values = Readonly<Record<string, string>>

export class Person {
  readonly page: Page
  readonly #look: Look
  readonly #portalUrl: string
  readonly #complaints: string[]

  constructor(page: Page, look: Look, portalUrl: string) {
    this.page = page
    this.#look = look
    this.#portalUrl = portalUrl
    this.#complaints = collectComplaints(page)
  }

  get language(): Look['language'] {
    return this.#look.language
  }

  say(key: string, values: Values = {}): string {
    return wordsOf(this.language, key, values)
  }

  goTo(path: string) {
    return this.page.goto(`${this.#portalUrl}${this.#look.language === 'ja' ? '' : '/en'}${path}`)
  }

  button(key: string, values: Values = {}): Locator {
    return this.page.getByRole('button', { name: this.say(key, values), exact: true }).first()
  }

  press(key: string, values: Values = {}) {
    return this.button(key, values).click()
  }

  follow(key: string, values: Values = {}) {
    return this.page
      .locator('main')
      .getByRole('link', { name: this.say(key, values) })
      .first()
      .click()
  }

  followInFooter(key: string) {
    return this.page
      .getByRole('navigation', { name: this.say('layout.footerNavigation') })
      .getByRole('link', { name: this.say(key) })
      .click()
  }

  unfold(key: string) {
    return this.page
      .locator('summary', { hasText: this.say(key) })
      .first()
      .click()
  }

  fill(key: string, value: string) {
    return this.page.getByLabel(this.say(key)).first().fill(value)
  }

  sees(text: string | RegExp) {
    return this.page.getByText(text).first().waitFor()
  }

  reads(key: string, values: Values = {}) {
    return this.sees(this.say(key, values))
  }

  /** A value that is to be typed elsewhere. */
  async shownValue(key: string): Promise<string> {
    const term = this.page.locator('dt').getByText(this.say(key), { exact: true })
    const typed = this.page.locator('dl > div').filter({ has: term }).locator('.typed')
    return ((await typed.first().textContent()) ?? '').trim()
  }

  /** Opens it again until it is there: records are written a moment after a mail program was answered. */
  finds(path: string, what: () => Locator): Promise<void> {
    return eventually(async () => {
      await this.goTo(path)
      assert.ok((await what().count()) > 0, `${path} does not show it`)
    })
  }

  /** Stops and looks: everybody must be able to use what is there; a picture of it is kept. */
  async looks(picture: string): Promise<void> {
    const { device, language } = this.#look
    await this.page.locator('h1').waitFor()
    await this.page.waitForFunction(() => document.title !== '') // Next streams it after the page
    await this.page.screenshot({ path: artifactPath(`journey-${picture}-${device}-${language}.png`), fullPage: true })
    await assertFits(this.page)
  }

  hasNoComplaints(): void {
    assert.deepEqual(this.#complaints.splice(0), [])
  }
}
