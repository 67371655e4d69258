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
    env: { ...process.env, TZ: 'Asia/Tokyo' }, // the zone of our readers, unless a test says otherwise
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
type Axe = { run(options: object): Promise<{ violations: AxeViolation[] }> }

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What a page that is already known to be right may do wrong in other colours. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

/**
 * Looks when the page has its heading and its title: until then it shows that it is loading.
 * @returns one line per violation of WCAG 2.2 A and AA and of axe's best practices
 */
export async function axeViolations(page: Page): Promise<string[]> {
  return violations(page, {})
}

/** Of the same page as before, in its other theme. */
export async function colourViolations(page: Page): Promise<string[]> {
  return violations(page, { runOnly: rulesOfColours })
}

async function violations(page: Page, options: object): Promise<string[]> {
  await page.locator('h1').waitFor()
  await page.locator('head > title:not(:empty)').waitFor({ state: 'attached' })
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axeSource })
  const found = await page.evaluate(async (given) => {
    const { axe } = globalThis as unknown as { axe: Axe }
    return (await axe.run({ ...given, resultTypes: ['violations'] })).violations
  }, options)
  return found.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
