/** Charts side by side as one SVG: points, and the straight line that fits them best. */

export type Point = { readonly x: number; readonly y: number }
export type Chart = {
  readonly title: string
  readonly xTitle: string
  readonly yTitle: string
  readonly points: readonly Point[]
}

const WIDTH = 440
const HEIGHT = 300
const MARGIN = { left: 64, right: 20, top: 44, bottom: 48 }
const TICKS = 4
const INK = '#1a1a1c'
const RULE = '#d8d8db'
const ACCENT = '#0017c1'

export function drawCharts(charts: readonly Chart[]): string {
  const drawn = charts.map((chart, index) => `<g transform="translate(${index * WIDTH} 0)">${draw(chart)}</g>`)
  const size = `${WIDTH * charts.length} ${HEIGHT}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" font-family="sans-serif" font-size="12" fill="${INK}">
<title>${charts.map(({ title, xTitle, yTitle }) => `${title}: ${yTitle} by ${xTitle}`).join('; ')}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${drawn.join('\n')}
</svg>
`
}

/** Least squares, and how much of the variance the line explains. */
function fitLine(points: readonly Point[]): { slope: number; intercept: number; r2: number } {
  const mean = (pick: (point: Point) => number) => points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const x = mean((point) => point.x)
  const y = mean((point) => point.y)
  const slope = mean((point) => (point.x - x) * (point.y - y)) / mean((point) => (point.x - x) ** 2)
  const intercept = y - slope * x
  const unexplained = mean((point) => (point.y - intercept - slope * point.x) ** 2)
  return { slope, intercept, r2: 1 - unexplained / mean((point) => (point.y - y) ** 2) }
}

function draw({ title, xTitle, yTitle, points }: Chart): string {
  const maxX = Math.max(...points.map(({ x }) => x))
  const maxY = niceCeiling(Math.max(...points.map(({ y }) => y)))
  const left = (x: number) => round(MARGIN.left + (x / maxX) * (WIDTH - MARGIN.left - MARGIN.right))
  const top = (y: number) => round(HEIGHT - MARGIN.bottom - (y / maxY) * (HEIGHT - MARGIN.top - MARGIN.bottom))
  const { slope, intercept, r2 } = fitLine(points)
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => index / TICKS)
  return [
    `<text x="${MARGIN.left}" y="22" font-size="15">${title}</text>`,
    `<text x="${WIDTH - MARGIN.right}" y="22" text-anchor="end">straight line: R² = ${r2.toFixed(3)}</text>`,
    ...ticks.map((share) => {
      const y = top(share * maxY)
      return `<path d="M${MARGIN.left} ${y}H${WIDTH - MARGIN.right}" stroke="${RULE}"/><text x="${MARGIN.left - 8}" y="${y + 4}" text-anchor="end">${label(share * maxY)} ${yTitle}</text>`
    }),
    ...ticks.map(
      (share) =>
        `<text x="${left(share * maxX)}" y="${HEIGHT - MARGIN.bottom + 20}" text-anchor="middle">${label(share * maxX)}</text>`,
    ),
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${xTitle}</text>`,
    `<path d="M${left(0)} ${top(Math.max(0, intercept))}L${left(maxX)} ${top(intercept + slope * maxX)}" stroke="${ACCENT}" fill="none"/>`,
    ...points.map(({ x, y }) => `<circle cx="${left(x)}" cy="${top(y)}" r="3.5" fill="${ACCENT}"/>`),
  ].join('\n')
}

const round = (value: number) => Math.round(value * 10) / 10
const label = (value: number) => Math.round(value).toLocaleString('en')

/** 1, 2, 4 or 8 times a power of ten. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 4, 8].find((factor) => factor * power >= value) ?? 10) * power
}
