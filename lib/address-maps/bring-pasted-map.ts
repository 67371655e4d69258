/** A table that an operator uploads or pastes: first what would happen line by line, then that. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { takeBack } from '#lib/db/take-back.ts'
import { siteEnv } from '#lib/env/site.ts'
import { AppError, type UserMessage } from '#lib/errors/app-error.ts'
import { type BroughtLine, bringMap } from './import-map.ts'
import { mapFormats } from './map-line.ts'

/** More takes longer than a page should; the command line takes any number. */
const MAX_LINES = 2_000

export const pastedMapInput = z.strictObject({
  text: z.string().trim().min(1).max(200_000),
  format: z.enum(mapFormats),
  domain: z.string().refine((domain) => siteEnv().hostedDomains.includes(domain)),
  reason: auditReason,
  /** the readers of its forwards have agreed, says the operator */
  isConfirmed: z.boolean(),
  isDryRun: z.boolean(),
})
export type PastedMap = z.infer<typeof pastedMapInput>

export type PastedLine = {
  readonly line: number
  readonly address: string
  readonly targets: readonly string[]
  readonly outcome: 'alias' | 'forward' | 'waitingForward' | 'confirmed' | 'nothing' | 'refused'
  /** of a forward */
  readonly keepsCopy: boolean
  readonly refusal: UserMessage | null
}

export type BroughtMap = { readonly order: PastedMap; readonly lines: readonly PastedLine[] }

/** @throws AppError forbidden, invalid_input */
export async function bringPastedMap(actor: Actor, input: PastedMap): Promise<BroughtMap> {
  requirePermission(actor, 'accounts.change')
  const order = pastedMapInput.parse(input)
  if (order.text.split('\n').length > MAX_LINES) throw tooLong()
  const lines: PastedLine[] = []
  const perform = order.isDryRun ? takeBack : <Result>(work: () => Promise<Result>) => work()
  for await (const line of bringMap(actor, order, order, perform)) lines.push(pastedLine(line))
  return { order, lines }
}

function pastedLine({ line, address, targets, imported }: BroughtLine): PastedLine {
  const { kind } = imported
  return {
    ...{ line, address, targets },
    outcome: kind === 'forward' && imported.waits ? 'waitingForward' : kind,
    keepsCopy: kind === 'forward' && imported.keepsCopy,
    refusal: kind === 'refused' ? imported.why.userMessage : null,
  }
}

function tooLong(): AppError {
  return new AppError('invalid_input', 'a table too long for a page', {
    ja: `この画面で一度に取り込めるのは${MAX_LINES}行までです。分けて取り込むか、コマンド（ispmail aliases import）を使ってください。まだ何も変更していません。`,
    en: `This page takes ${MAX_LINES} lines at a time. Bring it in parts, or use the command line (ispmail aliases import). Nothing was changed.`,
  })
}
