/** Aliases and forwards of an old system, from its own table: judged as a whole, carried out line by line. */
import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type AddedAlias, addAliasTo } from '#lib/provisioning/aliases.ts'
import { type AddedForward, addForward } from '#lib/recipes/add-forward.ts'
import { refusalOf } from './fault-texts.ts'
import { type JudgedLine, judgeLines } from './judge-lines.ts'
import type { MapFormat, MapLine } from './map-line.ts'
import { readMap } from './read-map.ts'

export type AddressMap = {
  readonly text: string
  readonly format: MapFormat
  /** of addresses that are written without one */
  readonly domain: string
}

/** @throws AppError forbidden */
export async function judgeMap(actor: Actor, { text, format, domain }: AddressMap): Promise<JudgedLine[]> {
  requirePermission(actor, 'accounts.read')
  const lines = readMap(text, format, domain)
  const { hostedDomains } = siteEnv()
  return judgeLines(lines, { hostedDomains, ...(await knownAmong(lines)) })
}

export type ImportOrder = {
  readonly reason: string
  /** the operator states that the readers of all forwards have agreed, so nobody is asked */
  readonly isConfirmed: boolean
}

export type Imported = AddedAlias | AddedForward

export type BroughtLine = Pick<JudgedLine, 'line' | 'address' | 'targets'> & {
  readonly imported: Imported | { readonly kind: 'refused'; readonly why: AppError }
}

/** How the work of one line is done: for good, or taken back. */
export type Perform = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * Each line whole or not at all; one that cannot be brought does not hold up the others.
 * @throws AppError forbidden
 */
export async function* bringMap(
  actor: Actor,
  map: AddressMap,
  order: ImportOrder,
  perform: Perform,
): AsyncGenerator<BroughtLine> {
  requirePermission(actor, 'accounts.change')
  for (const judged of await judgeMap(actor, map)) {
    const { line, address, targets } = judged
    const imported = await perform(() => importLine(actor, judged, order)).catch(asRefusal)
    yield { line, address, targets, imported }
  }
}

function asRefusal(error: unknown): { kind: 'refused'; why: AppError } {
  if (error instanceof AppError) return { kind: 'refused', why: error }
  if (error instanceof z.ZodError) return { kind: 'refused', why: refusalOf('unreadable') }
  throw error
}

/** @throws AppError forbidden, invalid_input, conflict */
async function importLine(
  actor: Actor,
  { address, meaning }: JudgedLine,
  { reason, isConfirmed }: ImportOrder,
): Promise<Imported> {
  switch (meaning.kind) {
    case 'refused':
      throw refusalOf(meaning.fault)
    case 'nothing':
      return { kind: 'nothing' }
    case 'alias':
      return addAliasTo(actor, { mailboxId: meaning.mailboxId, address, reason })
    case 'forward': {
      const { mailboxId, targets, keepsCopy } = meaning
      return addForward(actor, { mailboxId, addresses: [...targets], keepsCopy, isConfirmed, reason })
    }
  }
}

const ADDRESSES_AT_ONCE = 5_000

async function knownAmong(lines: readonly MapLine[]) {
  const named = lines.flatMap((line) => (line.kind === 'entry' ? [line.address, ...line.targets] : []))
  const addresses = [...new Set(named.map((address) => address.toLowerCase()))]
  const mailboxes = new Map<string, number>()
  const aliases = new Map<string, number>()
  for (let from = 0; from < addresses.length; from += ADDRESSES_AT_ONCE) {
    const where = { address: { in: addresses.slice(from, from + ADDRESSES_AT_ONCE) } }
    for (const { address, id } of await prisma().mailbox.findMany({ where, select: { address: true, id: true } }))
      mailboxes.set(address, id)
    for (const { address, mailboxId } of await prisma().alias.findMany({ where })) aliases.set(address, mailboxId)
  }
  return { mailboxes, aliases }
}
