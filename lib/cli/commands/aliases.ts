/** Further addresses and forwards of an old system, from its own table. */
import { readFileSync } from 'node:fs'
import { type Imported, importLine, judgeMap } from '#lib/address-maps/import-map.ts'
import type { JudgedLine } from '#lib/address-maps/judge-lines.ts'
import { type MapFormat, mapFormats } from '#lib/address-maps/map-line.ts'
import { siteEnv } from '#lib/env/site.ts'
import { type Command, type Context, oneWord, required, UsageError } from '../command.ts'
import { explain } from '../explain.ts'

const text = { type: 'string' } as const

const importMap: Command = {
  name: 'aliases import',
  takes: `FILE --format ${mapFormats.join('|')} [--domain DOMAIN] [--confirmed]`,
  summary: 'adds the aliases and forwards of an old system; --confirmed: the readers of its forwards have agreed',
  options: { format: text, domain: text, confirmed: { type: 'boolean' } },
  changes: true,
  async run(context) {
    const path = oneWord(context, 'file')
    const map = { text: readText(path), format: formatOf(context), domain: domainOf(context) }
    const counts = { imported: 0, already: 0, refused: 0 }
    for (const line of await judgeMap(context.actor, map)) counts[await importOne(context, line)] += 1
    const done = context.isDryRun ? 'would be imported' : 'imported'
    context.say(`${counts.imported} ${done}, ${counts.already} already so, ${counts.refused} not.`)
    return counts.refused
  },
}

/** A line that cannot be imported is named and does not hold up the others. */
async function importOne(context: Context, judged: JudgedLine): Promise<'imported' | 'already' | 'refused'> {
  const { line, address } = judged
  const order = { reason: context.reason, isConfirmed: context.isSet('confirmed') }
  try {
    const imported = await context.perform(() => importLine(context.actor, judged, order))
    context.say(`line ${line}: ${address}: ${whatWasDone(imported, judged, order.isConfirmed)}`)
    return imported === 'nothing' ? 'already' : 'imported'
  } catch (error) {
    context.say(`line ${line}: ${address}: not imported: ${explain(error)}`)
    return 'refused'
  }
}

function whatWasDone(imported: Imported, { targets, meaning }: JudgedLine, isConfirmed: boolean): string {
  const to = targets.join(', ')
  switch (imported) {
    case 'alias':
      return `alias -> ${to}`
    case 'forward': {
      const isCopied = !isConfirmed || (meaning.kind === 'forward' && meaning.keepsCopy)
      return `forward -> ${to}, ${isConfirmed ? 'confirmed' : 'waits for its reader'}, ${isCopied ? 'keeps a copy' : 'keeps no copy'}`
    }
    case 'confirmed':
      return `forward -> ${to}, now confirmed`
    case 'nothing':
      return 'already so'
  }
}

function formatOf(context: Context): MapFormat {
  const written = required(context, 'format')
  const format = mapFormats.find((known) => known === written)
  if (format === undefined) throw new UsageError(`--format is one of ${mapFormats.join(', ')}`)
  return format
}

function domainOf(context: Context): string {
  const { domain, hostedDomains } = siteEnv()
  const written = context.option('domain')?.toLowerCase() ?? domain
  if (!hostedDomains.includes(written)) throw new UsageError(`--domain ${written} is not hosted here`)
  return written
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${path} is not UTF-8; save it again as UTF-8`)
    throw error
  }
}

export const aliasCommands = [importMap]
