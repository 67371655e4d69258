/** Debian's chromium, driven by playwright-core; and what every page is checked for. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why the tests in a browser cannot run here; false when they can. */
export const browserMissing = existsSync(EXECUTABLE) ? false : `no ${EXECUTABLE}: apt-get install chromium`

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

/** What the browser complained about: policy violations, failed loads, uncaught errors. */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
  })
  return complaints
}

type AxeViolation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/**
 * Looks when the page has its heading: until then it shows that it is loading.
 * @returns one line per violation of WCAG 2.2 A and AA and of axe's best practices
 */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.locator('h1').waitFor()
  await page.addScriptTag({ path: axeSource })
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }
    return (await axe.run()).violations
  })
  return violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
