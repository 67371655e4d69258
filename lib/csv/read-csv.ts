/**
 * Comma-separated values (RFC 4180) with the lines that they stand on, for telling people what is wrong where. Pure.
 *
 * Guarantees: what stands in quotes is kept as it is, everything else without the white space around it. Nothing is
 * guessed: at a quotation mark that does not belong there reading ends, with a row that says so.
 */
export type CsvRow = {
  readonly line: number
  readonly fields: readonly string[]
  /** its quotation marks do not match; what follows is not read */
  readonly isBroken: boolean
}

/** One field: quoted with doubled quotes, or plain; then a comma, a line end or the end. */
const FIELD = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^",\r\n]*))(,|\r?\n|$)/y
const COMMENT = /#[^\n]*(?:\n|$)/y

/** Empty lines are left out. @param hasComments so are lines that begin with "#" */
export function readCsv(text: string, { hasComments = false } = {}): CsvRow[] {
  const rows = [...rowsOf(text.replace(/^\ufeff/, ''), hasComments)]
  return rows.filter(({ fields, isBroken }) => isBroken || fields.length > 1 || fields[0] !== '')
}

function* rowsOf(text: string, hasComments: boolean): Generator<CsvRow> {
  let at = 0
  let line = 1
  while (at < text.length) {
    COMMENT.lastIndex = at
    if (hasComments && COMMENT.test(text)) {
      at = COMMENT.lastIndex
      line += 1
      continue
    }
    const row = rowAt(text, at, line)
    yield row
    if (row.isBroken) return
    line += lineEndsIn(text.slice(at, row.end))
    at = row.end
  }
}

function rowAt(text: string, start: number, line: number): CsvRow & { readonly end: number } {
  const fields: string[] = []
  FIELD.lastIndex = start
  for (;;) {
    const match = FIELD.exec(text)
    if (match === null) return { line, fields, isBroken: true, end: text.length }
    const [, quoted, plain = '', end] = match
    fields.push(quoted?.replaceAll('""', '"') ?? plain.trim())
    if (end !== ',') return { line, fields, isBroken: false, end: FIELD.lastIndex }
  }
}

const lineEndsIn = (text: string): number => text.split('\n').length - 1
