/** CSV (RFC 4180) in UTF-8, with names in its first line. */
import { decodeText } from './decode-text.ts'

export class UnreadableCsv extends Error {}

export type CsvRow = { readonly line: number; readonly values: Readonly<Record<string, string>> }

/** @throws UnreadableCsv, UnreadableText */
export function readCsv(bytes: Uint8Array): CsvRow[] {
  const [names, ...rows] = recordsOf(decodeText(bytes))
  if (names === undefined) throw new UnreadableCsv('the file is empty')
  return rows.map(({ line, fields }) => {
    if (fields.length !== names.fields.length) {
      throw new UnreadableCsv(`line ${line} has ${fields.length} fields, the first line ${names.fields.length}`)
    }
    return { line, values: Object.fromEntries(names.fields.map((name, index) => [name.trim(), fields[index] ?? ''])) }
  })
}

type CsvRecord = { readonly line: number; readonly fields: readonly string[] }

/** One field: quoted with doubled quotes, or plain; then a comma, a line end or the end. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y

function recordsOf(text: string): CsvRecord[] {
  const records: CsvRecord[] = []
  let fields: string[] = []
  let line = 1
  let began = 1
  FIELD.lastIndex = 0
  while (FIELD.lastIndex < text.length || fields.length > 0) {
    const match = FIELD.exec(text)
    if (match === null) throw new UnreadableCsv(`line ${line} has a quotation mark that does not belong there`)
    const [whole, quoted, plain = '', end] = match
    fields.push(quoted?.replaceAll('""', '"') ?? plain)
    line += whole.split('\n').length - 1
    if (end === ',') continue
    if (fields.length > 1 || fields[0] !== '') records.push({ line: began, fields })
    fields = []
    began = line
  }
  return records
}
