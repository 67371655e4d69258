/** A file of comma-separated values in UTF-8, with names in its first line. Whole, or not at all. */
import { decodeText } from './decode-text.ts'
import { readCsv } from './read-csv.ts'

export class UnreadableTable extends Error {}

export type TableRow = { readonly line: number; readonly values: Readonly<Record<string, string>> }

/** @throws UnreadableTable, AppError invalid_input (another encoding) */
export function readTable(bytes: Uint8Array): TableRow[] {
  const [names, ...rows] = readCsv(decodeText(bytes))
  if (names === undefined) throw new UnreadableTable('the file is empty')
  return rows.map(({ line, fields, isBroken }) => {
    if (isBroken) throw new UnreadableTable(`line ${line} has a quotation mark that does not belong there`)
    if (fields.length !== names.fields.length) {
      throw new UnreadableTable(`line ${line} has ${fields.length} fields, the first line ${names.fields.length}`)
    }
    return { line, values: Object.fromEntries(names.fields.map((name, index) => [name, fields[index] ?? ''])) }
  })
}
