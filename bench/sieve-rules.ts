/**
 * What it costs to run a script on a message: by the number of its rules, and by the size of the message. Measured is
 * what delivery does: the bytes are viewed, the checked script runs. Draws both into an image.
 *
 * Options: --out FILE (docs/images/sieve-cost.svg)
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runScript } from '#lib/sieve/interpreter.ts'
import { viewMessage } from '#lib/sieve/message-bytes.ts'
import { runOn, surroundings, validScript } from '#tests/support/sieve/run-case.ts'
import { type Chart, drawCharts, type Point } from './draw-charts.ts'
import { messageText } from './message-text.ts'
import { rulesScript } from './rules.ts'
import { percentile } from './statistics.ts'

const { values: options } = parseArgs({ options: { out: { type: 'string' } } })

const KIBIBYTE = 1_024
const RULES = 20
const ruleCounts = [1, 10, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200]
const sizesKib = [1, 4, 64, 128, 256, 384, 512, 640, 768, 896, 1_024]
const SAMPLES = 25
const SAMPLE_MS = 20

function letter(bytes: number): Buffer {
  return Buffer.from(messageText('bench@infonia.ne.jp', '1', bytes), 'latin1')
}

/** @returns microseconds of processor time for one message: the median of many samples */
function costOf(rules: number, message: Buffer): number {
  const script = validScript(rulesScript(rules))
  const runOnce = () => runScript(script, viewMessage(message), surroundings)
  const { fault, actions } = runOn(rulesScript(rules), message)
  if (fault !== null || actions.every(({ kind }) => kind !== 'keep'))
    throw new Error(`${rules} rules: ${JSON.stringify(fault)}`)
  const samples: number[] = []
  for (let sample = 0; sample < SAMPLES * 2; sample += 1) {
    const before = process.cpuUsage()
    const until = performance.now() + SAMPLE_MS
    let runs = 0
    for (; performance.now() < until; runs += 1) runOnce()
    const { user, system } = process.cpuUsage(before)
    // The first half is for the compiler.
    if (sample >= SAMPLES) samples.push((user + system) / runs)
  }
  return percentile(samples, 0.5) ?? 0
}

function measure(title: string, unit: string, points: readonly Point[]): Chart {
  for (const { x, y } of points) console.log(`| ${title} | ${x} ${unit} | ${y.toFixed(1)} µs |`)
  return { title, xTitle: unit, yTitle: 'µs', points }
}

const letter4Kib = letter(4 * KIBIBYTE)
const charts = [
  measure(
    'A letter of 4 KiB',
    'rules',
    ruleCounts.map((rules) => ({ x: rules, y: costOf(rules, letter4Kib) })),
  ),
  measure(
    `A script of ${RULES} rules`,
    'KiB',
    sizesKib.map((kib) => ({ x: kib, y: costOf(RULES, letter(kib * KIBIBYTE)) })),
  ),
]
if (options.out !== undefined) writeFileSync(options.out, drawCharts(charts))
