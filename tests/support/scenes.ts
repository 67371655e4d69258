/**
 * A scene is a piece of a conversation as bytes, and what must come back. It is played whole, byte by byte, and cut in
 * two at every byte: the answers must be the same each time, whatever packets the network makes of what a client says.
 */
import assert from 'node:assert/strict'
import type { WireClient } from './wire-client.ts'

export type Scene = {
  readonly name: string
  /** lines of the client; CRLF comes after each */
  readonly says: readonly string[]
  /** lines of the server; "…" stands for anything within a line */
  readonly hears: readonly string[]
}

const immediately = () => new Promise((resolve) => setImmediate(resolve))

export function bytesOf({ says }: Scene): string {
  return says.map((line) => `${line}\r\n`).join('')
}

function patternOf({ hears }: Scene): RegExp {
  const lines = hears.map((line) => line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('…', '[^\\r\\n]*'))
  return new RegExp(`^${lines.map((line) => `${line}\\r\\n`).join('')}$`)
}

/** Where the bytes are cut: not at all, everywhere, or once. */
export type Cut = 'whole' | 'everywhere' | number

async function say(wire: WireClient, bytes: string, cut: Cut): Promise<void> {
  if (cut === 'everywhere') return wire.sendInPieces(bytes, 1)
  if (cut === 'whole') return wire.send(bytes)
  await wire.sendAndWait(bytes.slice(0, cut))
  await immediately()
  wire.send(bytes.slice(cut))
}

/** @param hear reads the answers to the end */
export async function play(scene: Scene, wire: WireClient, cut: Cut, hear: () => Promise<string>): Promise<void> {
  await say(wire, bytesOf(scene), cut)
  const answers = await hear()
  if (!patternOf(scene).test(answers)) {
    assert.equal(answers, scene.hears.map((line) => `${line}\r\n`).join(''), `cut ${cut}`)
    assert.fail(`cut ${cut}: ${answers}`)
  }
}

export function cutsOf(scene: Scene): Cut[] {
  const positions = Array.from({ length: bytesOf(scene).length - 1 }, (_, at) => at + 1)
  return ['whole', 'everywhere', ...positions]
}

/** The same scene with words put in: `{user}` and the like. */
export function filledIn(scene: Scene, words: Readonly<Record<string, string>>): Scene {
  const fill = (line: string) => line.replace(/\{([a-zA-Z]+)\}/g, (whole, word) => words[word] ?? whole)
  return { ...scene, says: scene.says.map(fill), hears: scene.hears.map(fill) }
}
