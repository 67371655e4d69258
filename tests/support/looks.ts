/** What a page must be however it is looked at: accessible, and no wider than the screen. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { axeViolations, colourViolations } from './browser.ts'

export const NARROWEST = { width: 320, height: 640 }
const DESK = { width: 1280, height: 900 }

export async function assertFits(page: Page): Promise<void> {
  assert.deepEqual(await axeViolations(page), [])
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(overhang <= 0, `${page.url()} is ${overhang} px too wide`)
}

/** The page that is open, by day and by night: without motion, so that no colour is on its way to another. */
export async function assertFitsDayAndNight(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await assertFits(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  assert.deepEqual(await colourViolations(page), [])
}

/** The page that is open, on a desk and on the narrowest phone, by day and by night. */
export async function assertFitsEverywhere(page: Page): Promise<void> {
  for (const viewport of [DESK, NARROWEST]) {
    await page.setViewportSize(viewport)
    await assertFitsDayAndNight(page)
  }
}

/** With all that unfolds. */
export async function openUnfolded(page: Page, url: string): Promise<void> {
  const answer = await page.goto(url)
  assert.equal(answer?.status(), 200, url)
  await page.locator('main details').evaluateAll((all) => {
    for (const each of all) each.toggleAttribute('open', true)
  })
}

/** In Japanese by day and in English by night, with all that unfolds. */
export async function assertFitsInBothLanguages(page: Page, portalUrl: string, path: string): Promise<void> {
  for (const [prefix, colorScheme] of [
    ['', 'light'],
    ['/en', 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await openUnfolded(page, `${portalUrl}${prefix}${path}`)
    await assertFits(page)
  }
}
