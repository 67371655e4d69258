/**
 * The record of what ran with real clients: tests/artifacts/interop.jsonl, an InteropRun on each line. It says what
 * happened on this machine and is not part of the source; `npm run evidence` makes the compatibility table's record of it.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { artifactPath } from './artifacts.ts'

export const interopRunSchema = z.strictObject({
  /** the name of its Debian package */
  client: z.string(),
  version: z.string(),
  date: z.iso.datetime(),
  protocol: z.enum(['smtp', 'pop3', 'imap', 'managesieve', 'autoconfig']),
  /** as the engine saw it: a SASL mechanism, "USER/PASS", "LOGIN command" or "POP before SMTP" */
  mechanism: z.string(),
  tls: z.enum(['none', 'starttls', 'implicit']),
  /** as the engine saw it; null without TLS */
  tlsVersion: z.string().nullable(),
  result: z.enum(['passed', 'failed']),
})

export type InteropRun = z.infer<typeof interopRunSchema>
export type InteropFacts = Pick<InteropRun, 'client' | 'protocol' | 'mechanism' | 'tls'>

const path = artifactPath('interop.jsonl')

/** One write for one line: test files run side by side. */
export function appendRun(run: InteropRun): void {
  appendFileSync(path, `${JSON.stringify(run)}\n`)
}

export function readRuns(): InteropRun[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => interopRunSchema.parse(JSON.parse(line)))
}
