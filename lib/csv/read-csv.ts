/** Comma-separated values (RFC 4180) with the lines that they stand on, for telling people what is wrong where. Pure. */

export type CsvRow = { readonly line: number; readonly fields: readonly string[] }

/** Empty lines and lines that begin with "#" are left out. */
export function readCsv(text: string): CsvRow[] {
  return [...rowsOf(text.replace(/^\ufeff/, ''))].filter(
    ({ fields }) => !(fields.length === 1 && fields[0] === '') && !fields[0]?.startsWith('#'),
  )
}

function* rowsOf(text: string): Generator<CsvRow> {
  let line = 1
  let start = 1
  let fields: string[] = []
  let field = ''
  let isQuoted = false
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at]
    if (character === '\n') line += 1
    if (isQuoted && character !== undefined) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') {
        field += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"' && field === '') isQuoted = true
    else if (character === ',') {
      fields.push(field.trim())
      field = ''
    } else if (character === '\n' || character === undefined) {
      yield { line: start, fields: [...fields, field.trim()] }
      start = line
      fields = []
      field = ''
    } else if (character !== '\r') field += character
  }
}
