/**
 * The test bench: what recipes that are not saved yet would do with a message, by the same interpreter that rules over
 * deliveries. Nothing is sent, moved or remembered.
 */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { japanMinutes } from '#lib/clock/japan-time.ts'
import { prisma } from '#lib/db/prisma.ts'
import { threadCpuMs } from '#lib/sieve/budget.ts'
import { type CheckResult, checkScript } from '#lib/sieve/checker.ts'
import type { Fault } from '#lib/sieve/fault.ts'
import { faultSentence } from '#lib/sieve/fault-texts.ts'
import { runScript } from '#lib/sieve/interpreter.ts'
import { viewMessage } from '#lib/sieve/message-bytes.ts'
import type { MessageView } from '#lib/sieve/message-view.ts'
import type { Action, Outcome } from '#lib/sieve/outcome.ts'
import type { Surroundings } from '#lib/sieve/run-state.ts'
import { type Recipe, recipeListSchema } from './recipe.ts'
import { writeSieve } from './write-sieve.ts'

export const tryRecipesInput = z.strictObject({
  mailboxId: z.int(),
  recipes: recipeListSchema,
  /** the source of one message; empty: the latest ones of the mailbox */
  message: z.string().max(1_000_000),
})

export type Effect =
  | { readonly kind: 'keep' | 'discard' | 'reject' | 'vacation' | 'notify' | 'flags' }
  | { readonly kind: 'fileinto'; readonly folder: string }
  | { readonly kind: 'redirect'; readonly address: string }

export type Trial = {
  readonly key: string
  readonly from: string
  readonly subject: string
  /** null for a message that was pasted */
  readonly arrivedAt: string | null
  readonly effects: readonly Effect[]
  /** the names of the recipes whose conditions it meets */
  readonly metBy: readonly string[]
  /** why it is only kept */
  readonly fault: { readonly ja: string; readonly en: string } | null
}

const LATEST_MESSAGES = 50
const READ_BYTES = 131_072

type Sample = { readonly key: string; readonly bytes: Buffer; readonly arrivedAt: Date | null }
type Place = { readonly address: string; readonly folders: Surroundings['folders'] }

/** @throws AppError not_found */
export async function tryRecipes(actor: Actor, input: z.output<typeof tryRecipesInput>): Promise<Trial[]> {
  const { mailboxId, recipes, message } = input
  const { address } = await accessibleMailbox(actor, mailboxId, 'manage')
  const folders = await prisma().folder.findMany({
    where: { mailboxId },
    select: { name: true, specialUse: true },
  })
  const pasted = { key: 'pasted', bytes: Buffer.from(message.replace(/\r?\n/g, '\r\n')), arrivedAt: null }
  const samples = message.trim() === '' ? await latestMessages(mailboxId) : [pasted]
  const bench = benchOf(recipes)
  return samples.map((sample) => tryOn(sample, bench, { address, folders }))
}

async function latestMessages(mailboxId: number): Promise<Sample[]> {
  type Row = { uid: bigint; folder: bigint; bytes: Uint8Array; arrivedAt: Date }
  const rows = await prisma().$queryRaw<Row[]>`
    SELECT m.uid, m.folder_id AS folder, m.internal_date AS "arrivedAt",
           m.prefix || substring(b.content FROM 1 FOR ${READ_BYTES}::int) AS bytes
    FROM messages m JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
    JOIN folders f ON f.mailbox_id = m.mailbox_id AND f.id = m.folder_id
    WHERE m.mailbox_id = ${mailboxId} AND f.special_use IS DISTINCT FROM '\\Sent' AND f.special_use IS DISTINCT FROM '\\Drafts'
    ORDER BY m.internal_date DESC LIMIT ${LATEST_MESSAGES}`
  return rows.map(({ uid, folder, bytes, arrivedAt }) => ({
    key: `${folder}:${uid}`,
    bytes: Buffer.from(bytes),
    arrivedAt,
  }))
}

/** The recipes together, and each of them alone with a mark in place of its actions: what it meets shows by the mark. */
type Bench = {
  readonly whole: CheckResult
  readonly alone: readonly { readonly name: string; readonly stops: boolean; readonly script: CheckResult }[]
}

function benchOf(recipes: readonly Recipe[]): Bench {
  const checked = (list: readonly Recipe[]) => checkScript(writeSieve(list))
  return {
    whole: checked(recipes),
    alone: recipes
      .filter(({ isOn }) => isOn)
      .map((recipe) => {
        const marking: Recipe = { ...recipe, actions: [{ kind: 'mark', as: 'flagged' }], stops: false }
        return { name: recipe.name, stops: recipe.stops, script: checked([marking]) }
      }),
  }
}

function tryOn({ key, bytes, arrivedAt }: Sample, { whole, alone }: Bench, place: Place): Trial {
  const view = viewMessage(bytes)
  const surroundings = surroundingsOf(view, place, arrivedAt ?? new Date())
  const outcome = run(whole, view, surroundings)
  const field = (name: string) => view.header.find((each) => each.key === name)?.value ?? ''
  return {
    key,
    from: field('from'),
    subject: field('subject'),
    arrivedAt: arrivedAt?.toISOString() ?? null,
    effects: outcome.actions.flatMap(effectsOf),
    metBy: metBy(alone, view, surroundings),
    fault: outcome.fault === null ? null : faultSentence(outcome.fault),
  }
}

function surroundingsOf(view: MessageView, { address, folders }: Place, now: Date): Surroundings {
  const sender = view.header.find(({ key }) => key === 'return-path' || key === 'from')?.raw ?? ''
  return {
    envelope: { from: view.addressesIn(sender)[0] ?? '', to: address, auth: null },
    now,
    zoneMinutes: japanMinutes,
    environment: {},
    folders,
    includable: () => null,
    wasSeen: () => false,
    spamLevel: 0,
    virusLevel: 0,
    cpuClock: threadCpuMs,
  }
}

const keptOnly = (fault: Fault): Outcome => ({
  actions: [{ kind: 'keep', flags: [], isImplicit: true, header: null }],
  fault,
  seen: [],
})

function run(checked: CheckResult, view: MessageView, surroundings: Surroundings): Outcome {
  return checked.outcome === 'valid' ? runScript(checked.script, view, surroundings) : keptOnly(checked.fault)
}

/** In their order, until one stops. */
function metBy(alone: Bench['alone'], view: MessageView, surroundings: Surroundings): string[] {
  const names: string[] = []
  for (const { name, stops, script } of alone) {
    const { actions } = run(script, view, surroundings)
    if (!actions.some((action) => action.kind === 'keep' && action.flags.length > 0)) continue
    names.push(name)
    if (stops) break
  }
  return names
}

function effectsOf(action: Action): Effect[] {
  switch (action.kind) {
    case 'keep':
      return [{ kind: 'keep' }, ...marksOf(action)]
    case 'fileinto':
      return [{ kind: 'fileinto', folder: action.folder }, ...marksOf(action)]
    case 'redirect':
      return [{ kind: 'redirect', address: action.address }]
    case 'ereject':
      return [{ kind: 'reject' }]
    default:
      return [{ kind: action.kind }]
  }
}

function marksOf({ flags }: { readonly flags: readonly string[] }): Effect[] {
  return flags.length > 0 ? [{ kind: 'flags' }] : []
}
