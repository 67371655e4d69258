/** Comma-separated values (RFC 4180), read with line numbers and written so that a spreadsheet runs nothing. Pure. */

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

/** A cell that begins like a formula is kept from being one. */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
