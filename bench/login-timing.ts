/**
 * Whether the time of an answer tells an account that exists from one that does not.
 *
 *   node bench/login-timing.ts --tries 2000
 *
 * Wrong passwords, by turns for a known and an unknown name, each from an address of its own; limits on guessing are set
 * out of the way. Two figures: how far the medians are apart, and the two-sided Kolmogorov–Smirnov test of whether both
 * come from one distribution (p above 0.01: nothing to see).
 */
import { parseArgs } from 'node:util'
import { startEngine } from '#tests/support/engine.ts'
import { plainResponse, smtpClient } from '#tests/support/smtp-talk.ts'
import { percentile } from './statistics.ts'

const { values: options } = parseArgs({ options: { tries: { type: 'string', default: '2000' } } })
const WARM_UP = 50
const MOST = 2_000

const engine = await startEngine({
  policy: ({ listeners, loginLimits }) => {
    listeners.submission.requireTls = false
    for (const name of Object.keys(loginLimits) as (keyof typeof loginLimits)[]) loginLimits[name] = MOST
  },
})
const { credential } = await engine.addMailbox('taro')

async function timeOf(username: string, attempt: number): Promise<number> {
  const client = await smtpClient(engine.ports.submission, `127.${1 + (attempt >> 8)}.${attempt & 255}.1`)
  const response = plainResponse(username, `wrong-${attempt}-password`)
  const began = performance.now()
  const answer = await client.command(`AUTH PLAIN ${response}`)
  const took = performance.now() - began
  client.close()
  if (!answer.startsWith('535 ')) throw new Error(answer)
  return took
}

/** @returns the probability that two samples of one distribution are as far apart as these */
function kolmogorovSmirnov(one: readonly number[], other: readonly number[]): number {
  const all = [
    ...one.map((value) => ({ value, step: 1 / one.length })),
    ...other.map((value) => ({ value, step: -1 / other.length })),
  ]
  let difference = 0
  let largest = 0
  for (const { step } of all.sort((a, b) => a.value - b.value)) {
    difference += step
    largest = Math.max(largest, Math.abs(difference))
  }
  const size = Math.sqrt((one.length * other.length) / (one.length + other.length))
  const lambda = (size + 0.12 + 0.11 / size) * largest
  let sum = 0
  for (let term = 1; term <= 100; term += 1) sum += 2 * (-1) ** (term - 1) * Math.exp(-2 * (term * lambda) ** 2)
  return Math.min(1, Math.max(0, sum))
}

try {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  const unknownName = credential.username.replace(/^./, 'x')
  for (let attempt = 0; attempt < Number(options.tries); attempt += 1) {
    const kind = attempt % 2 === 0 ? 'known' : 'unknown'
    const took = await timeOf(kind === 'known' ? credential.username : unknownName, attempt)
    if (attempt >= WARM_UP) times[kind].push(took)
  }
  const [known, unknown] = [percentile(times.known, 0.5) ?? 0, percentile(times.unknown, 0.5) ?? 0]
  const apart = (100 * Math.abs(known - unknown)) / unknown
  console.log(
    `median ${known.toFixed(3)} ms for a known name, ${unknown.toFixed(3)} ms for an unknown one: ${apart.toFixed(1)} % apart`,
  )
  console.log(`Kolmogorov–Smirnov p = ${kolmogorovSmirnov(times.known, times.unknown).toFixed(3)}`)
} finally {
  await engine.stop()
}
