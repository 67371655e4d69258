/** Further addresses and forwards of an old system, from its own table. */
import { readFileSync } from 'node:fs'
import { type Imported, importLine, judgeMap } from '#lib/address-maps/import-map.ts'
import type { JudgedLine } from '#lib/address-maps/judge-lines.ts'
import { type MapFormat, mapFormats } from '#lib/address-maps/map-line.ts'
import { siteEnv } from '#lib/env/site.ts'
import { type Command, type Context, oneWord, required, UsageError } from '../command.ts'
import { decodeText } from '../decode-text.ts'
import { explain } from '../explain.ts'

const text = { type: 'string' } as const

const importMap: Command = {
  name: 'aliases import',
  takes: `FILE --format ${mapFormats.join('|')} [--domain DOMAIN] [--confirmed]`,
  summary: 'adds the aliases and forwards of an old system; --confirmed: the readers of its forwards have agreed',
  options: { format: text, domain: text, confirmed: { type: 'boolean' } },
  changes: true,
  async run(context) {
    const bytes = readFileSync(oneWord(context, 'file'))
    const map = { text: decodeText(bytes), format: formatOf(context), domain: domainOf(context) }
    const counts = { imported: 0, already: 0, refused: 0 }
    for (const line of await judgeMap(context.actor, map)) counts[await importOne(context, line)] += 1
    const done = context.isDryRun ? 'would be imported' : 'imported'
    context.say(`${counts.imported} ${done}, ${counts.already} already so, ${counts.refused} not.`)
    return counts.refused
  },
}

/** A line that cannot be imported is named and does not hold up the others. */
async function importOne(context: Context, judged: JudgedLine): Promise<'imported' | 'already' | 'refused'> {
  const { line, address, targets } = judged
  const order = { reason: context.reason, isConfirmed: context.isSet('confirmed') }
  try {
    const imported = await context.perform(() => importLine(context.actor, judged, order))
    context.say(`line ${line}: ${address}: ${whatWasDone(imported, targets)}`)
    return imported.kind === 'nothing' ? 'already' : 'imported'
  } catch (error) {
    context.say(`line ${line}: ${address}: not imported: ${explain(error)}`)
    return 'refused'
  }
}

function whatWasDone(imported: Imported, targets: readonly string[]): string {
  const to = targets.join(', ')
  switch (imported.kind) {
    case 'alias':
      return `alias -> ${to}`
    case 'forward': {
      const copy = imported.keepsCopy ? 'keeps a copy' : 'keeps no copy'
      return `forward -> ${to}, ${copy}${imported.waits ? ', waits for the reader there to agree' : ''}`
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

export const aliasCommands = [importMap]
