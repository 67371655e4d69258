/**
 * A matrix is a table of attacks or rules, each of which is one test. What came out of all of them together is one
 * figure in tests/artifacts/figures.json, an array of Figure that other programs read.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, it, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { artifactPath } from './artifacts.ts'

export type Figure = {
  readonly id: string
  readonly title: string
  readonly cases: number
  readonly passed: number
}

export type Matrix = {
  /** One case, as a test of its own. @param count how often it tries what it tries */
  check(name: string, attempt: (test: TestContext) => Promise<void>, count?: number): void
}

/** To be called within a describe block; the figure is written at the block's end. */
export function matrix(id: string, title: string): Matrix {
  let cases = 0
  let passed = 0
  after(() => recordFigure({ id, title, cases, passed }))
  return {
    check(name, attempt, count = 1) {
      cases += count
      it(name, async (test) => {
        await attempt(test)
        passed += count
      })
    },
  }
}

const LOCK_TRIES = 100

/** Replaces the figure of an earlier run. Test files run side by side, so one at a time may write. */
async function recordFigure(figure: Figure): Promise<void> {
  const lock = artifactPath('figures.lock')
  for (let tries = 0; !tryToLock(lock) && tries < LOCK_TRIES; tries += 1) await delay(20)
  const others = readFigures().filter(({ id }) => id !== figure.id)
  const all = [...others, figure].sort((one, other) => one.id.localeCompare(other.id))
  writeFileSync(artifactPath('figures.json'), `${JSON.stringify(all, null, 2)}\n`)
  rmSync(lock, { recursive: true, force: true })
}

function tryToLock(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}

function readFigures(): Figure[] {
  try {
    return JSON.parse(readFileSync(artifactPath('figures.json'), 'utf8')) as Figure[]
  } catch {
    return []
  }
}
