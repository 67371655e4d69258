/**
 * Tables of addresses of an old system, pure: virtual(5) and aliases(5) of Postfix, and CSV with an address and its
 * targets.
 *
 * Guarantees: every line that says something becomes one entry or one fault; of a line with one target that cannot be
 * brought here nothing is taken. Refuses: patterns, whole domains, programs, files and included lists.
 */
import { readCsv } from '#lib/csv/read-csv.ts'
import { canonicalAddress, formatMailAddress, type MailAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import type { MapFault, MapFormat, MapLine } from './map-line.ts'

type WrittenLine = {
  readonly line: number
  readonly left: string
  readonly right: string
  readonly fault?: MapFault
}

const readers: Readonly<Record<MapFormat, (text: string) => WrittenLine[]>> = {
  'postfix-virtual': (text) => logicalLines(text).map(virtualLine),
  'postfix-aliases': (text) => logicalLines(text).map(aliasesLine),
  csv: tableLines,
}

/** @param domain of addresses that are written without one */
export function readMap(text: string, format: MapFormat, domain: string): MapLine[] {
  const seen = new Set<string>()
  return readers[format](text.replace(/^\ufeff/, '')).map((written) => {
    const line = mapLine(written, domain)
    if (line.kind === 'faulty') return line
    if (seen.has(line.address)) return { kind: 'faulty', line: line.line, text: written.left, fault: 'repeated' }
    seen.add(line.address)
    return line
  })
}

/** postconf(1): a line that begins with white space goes on with the one before; comments stand between. */
function logicalLines(text: string): { readonly line: number; readonly text: string }[] {
  const lines: { line: number; text: string }[] = []
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(written)) continue
    const last = lines.at(-1)
    if (/^\s/.test(written) && last !== undefined) last.text += ` ${written.trim()}`
    else lines.push({ line: index + 1, text: written.trim() })
  }
  return lines
}

const PATTERN = /^(?:!?\/|if\s+!?\/|endif$)/i
const VIRTUAL_LINE = /^((?:"(?:\\.|[^"\\])*"|[^\s"])+)\s+(\S.*)$/
const ALIASES_LINE = /^("(?:\\.|[^"\\])*"|[^\s:"]+)\s*:\s*(\S.*)$/

function virtualLine({ line, text }: { line: number; text: string }): WrittenLine {
  if (PATTERN.test(text)) return { line, left: text, right: '', fault: 'pattern' }
  return partsOf(line, text, VIRTUAL_LINE)
}

function aliasesLine({ line, text }: { line: number; text: string }): WrittenLine {
  return partsOf(line, text, ALIASES_LINE)
}

function partsOf(line: number, text: string, form: RegExp): WrittenLine {
  const [, left, right] = form.exec(text) ?? []
  if (left === undefined || right === undefined) return { line, left: text, right: '', fault: 'unreadable' }
  return { line, left, right }
}

/** Any further field is one more target. */
function tableLines(text: string): WrittenLine[] {
  const rows = readCsv(text, { hasComments: true }).map(
    ({ line, isBroken, fields: [left = '', ...others] }): WrittenLine => {
      const right = others.join(',')
      return isBroken || left === '' || right === ''
        ? { line, left, right, fault: 'unreadable' }
        : { line, left, right }
    },
  )
  const [first] = rows
  const hasHead = first?.left.toLowerCase() === 'alias' && first.right.toLowerCase() === 'target'
  return hasHead ? rows.slice(1) : rows
}

function mapLine({ line, left, right, fault }: WrittenLine, domain: string): MapLine {
  const faulty = (why: MapFault): MapLine => ({ kind: 'faulty', line, text: left, fault: why })
  if (fault !== undefined) return faulty(fault)
  const address = readAddress(left, domain)
  if (typeof address === 'string') return faulty(address)
  if (NAMED.test(right)) return faulty('unreadable')
  const targets = tokensOf(right).map((token) => readAddress(token, domain))
  const wrong = targets.find((target) => typeof target === 'string')
  if (wrong !== undefined) return faulty(wrong)
  const read = targets.filter((target) => typeof target !== 'string')
  if (read.length === 0) return faulty('unreadable')
  return { kind: 'entry', line, address: canonicalAddress(address), targets: [...new Set(read.map(formatMailAddress))] }
}

/** "Taro <taro@…>": the words before would be taken for addresses. */
const NAMED = /[^\s,]\s+</
const TOKEN = /(?:"(?:\\.|[^"\\])*"|[^\s,"])+/g

/** At commas and white space, except within quotation marks. */
function tokensOf(text: string): string[] {
  const left = text.replace(TOKEN, '').replace(/[\s,]/g, '')
  return [...(text.match(TOKEN) ?? []), ...(left === '' ? [] : [left])]
}

function readAddress(token: string, domain: string): MailAddress | MapFault {
  const text = token.replace(/^"(.*)"$/, '$1').replace(/^<(.*)>$/, '$1')
  if (text.startsWith('|')) return 'program'
  if (text.startsWith('/')) return 'file'
  if (/^:include:/i.test(text)) return 'include'
  if (text.startsWith('@')) return 'catchAll'
  // aliases(5): "\taro" is taro, without looking further.
  const name = text.replace(/^\\/, '')
  return parseMailAddress(name.includes('@') ? name : `${name}@${domain}`) ?? 'notAnAddress'
}
