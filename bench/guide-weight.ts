/** What a public guide weighs on its way to a browser, and when its largest part is painted. */
import type { Browser } from 'playwright-core'
import { catalogue } from '#lib/guides/catalogue.ts'
import { browserMissing, openBrowser } from '#tests/support/browser.ts'
import { startPortal } from '#tests/support/portal.ts'
import { percentile } from './statistics.ts'

type Weight = {
  readonly path: string
  readonly paintedMs: number
  readonly pageBytes: number
  readonly scriptBytes: number
  readonly styleBytes: number
}

/** A guide that was never opened in this browser: nothing comes from its cache. */
async function weigh(browser: Browser, url: string, path: string): Promise<Weight> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(`${url}${path}`, { waitUntil: 'networkidle' })
  const paintedMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      }),
  )
  const loads = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) => {
      const { name, transferSize, entryType } = entry as PerformanceResourceTiming
      return { name, transferSize, isPage: entryType === 'navigation' }
    }),
  )
  await context.close()
  const sum = (isMeant: (load: (typeof loads)[number]) => boolean) =>
    loads.filter(isMeant).reduce((total, { transferSize }) => total + transferSize, 0)
  return {
    path,
    paintedMs,
    pageBytes: sum(({ isPage }) => isPage),
    scriptBytes: sum(({ name }) => new URL(name).pathname.endsWith('.js')),
    styleBytes: sum(({ name }) => new URL(name).pathname.endsWith('.css')),
  }
}

async function weighEveryGuide(): Promise<Weight[]> {
  if (browserMissing) throw new Error(browserMissing)
  const portal = await startPortal()
  const browser = await openBrowser()
  try {
    const weights: Weight[] = []
    for (const { id } of catalogue) {
      for (const prefix of ['', '/en']) weights.push(await weigh(browser, portal.url, `${prefix}/guides/${id}`))
    }
    return weights
  } finally {
    await browser.close()
    await portal.stop()
  }
}

const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1)

const weights = await weighEveryGuide()
const middle = (pick: (weight: Weight) => number) => percentile(weights.map(pick), 0.5) ?? 0
const typical: Weight = {
  path: `median of ${weights.length} guides`,
  paintedMs: middle(({ paintedMs }) => paintedMs),
  pageBytes: middle(({ pageBytes }) => pageBytes),
  scriptBytes: middle(({ scriptBytes }) => scriptBytes),
  styleBytes: middle(({ styleBytes }) => styleBytes),
}
const heaviest = weights.toSorted((one, other) => other.pageBytes - one.pageBytes).slice(0, 3)

console.log('| guide | largest paint, ms | page, kB | script, kB | style, kB |\n|---|---|---|---|---|')
for (const { path, paintedMs, pageBytes, scriptBytes, styleBytes } of [typical, ...heaviest]) {
  const bytes = [pageBytes, scriptBytes, styleBytes].map(kilobytes)
  console.log(`| ${[path, paintedMs.toFixed(0), ...bytes].join(' | ')} |`)
}
process.exit(0)
