import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptedMessage } from '#lib/engine/delivery/accepted-message.ts'
import { type CarryOutParts, Deed } from '#lib/engine/sieve/carry-out.ts'
import type { ScriptRun } from '#lib/engine/sieve/run-scripts.ts'

async function filedOf(bytes: number, copies: number): Promise<readonly [filings: number, reasons: readonly string[]]> {
  const keep = { kind: 'keep', flags: [], isImplicit: false, header: null } as const
  const outcome = { actions: Array<typeof keep>(copies).fill(keep), seen: [], fault: null }
  const run = { owner: { mailboxId: 1 }, outcome, fault: null } as unknown as ScriptRun
  const message = { content: Buffer.allocUnsafe(bytes), fileInto: null } as unknown as AcceptedMessage
  const deed = await new Deed(run, message, {} as CarryOutParts).carryOut()
  return [deed.filings.length, [...new Set(deed.events.map(({ reason }) => reason))]]
}

test('a script makes few copies of a large message, but always the first', async () => {
  assert.deepEqual(await filedOf(1_000_000, 32), [32, []])
  assert.deepEqual(await filedOf(30_000_000, 32), [2, ['recipeFailed']])
  assert.deepEqual(await filedOf(70_000_000, 32), [1, ['recipeFailed']])
})
