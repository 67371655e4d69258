/** Further addresses and forwards of an old system, from its own table. */
import { readFileSync } from 'node:fs'
import { type AddressMap, type BroughtLine, bringMap } from '#lib/address-maps/import-map.ts'
import { type MapFormat, mapFormats } from '#lib/address-maps/map-line.ts'
import { decodeText } from '#lib/csv/decode-text.ts'
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
    const map = { text: decodeText(readFileSync(oneWord(context, 'file'))), ...placeOf(context) }
    const order = { reason: context.reason, isConfirmed: context.isSet('confirmed') }
    const counts = { imported: 0, already: 0, refused: 0 }
    for await (const { line, address, targets, imported } of bringMap(context.actor, map, order, context.perform)) {
      context.say(`line ${line}: ${address}: ${whatWasDone(imported, targets)}`)
      counts[imported.kind === 'refused' ? 'refused' : imported.kind === 'nothing' ? 'already' : 'imported'] += 1
    }
    const done = context.isDryRun ? 'would be imported' : 'imported'
    context.say(`${counts.imported} ${done}, ${counts.already} already so, ${counts.refused} not.`)
    return counts.refused
  },
}

function whatWasDone(imported: BroughtLine['imported'], targets: readonly string[]): string {
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
    case 'refused':
      return `not imported: ${explain(imported.why)}`
  }
}

function placeOf(context: Context): Pick<AddressMap, 'format' | 'domain'> {
  return { format: formatOf(context), domain: domainOf(context) }
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
