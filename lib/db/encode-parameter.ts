/** Values of a statement in the form that PostgreSQL reads: text, or the bytes themselves. */

/** @throws TypeError for what no parameter can be */
export function encodeParameter(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return arrayLiteral(value)
  throw new TypeError(`a ${typeof value} is no parameter of a statement`)
}

/** PostgreSQL's text form of an array, "Array Input and Output Syntax" in its manual. */
function arrayLiteral(elements: readonly unknown[]): string {
  return `{${elements.map(arrayElement).join(',')}}`
}

function arrayElement(element: unknown): string {
  if (element === null || element === undefined) return 'NULL'
  if (Array.isArray(element)) return arrayLiteral(element)
  if (element instanceof Uint8Array) return `"\\\\x${Buffer.from(element).toString('hex')}"`
  const text = encodeParameter(element)
  if (typeof element === 'number' || typeof element === 'boolean') return String(text)
  return `"${String(text).replace(/["\\]/g, '\\$&')}"`
}
