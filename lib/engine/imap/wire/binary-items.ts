/** BINARY[1]<0.100>, BINARY.PEEK[1] and BINARY.SIZE[1] of a FETCH (RFC 3516 §4.2, §4.3; RFC 9051 §6.4.5). */
import { readPath } from './part-path.ts'
import { type ArgumentReader, BadSyntax } from './syntax.ts'

export type Partial = { readonly start: number; readonly count: number }

export type BinaryItem = {
  readonly kind: 'binary'
  /** as the answer names it: `BINARY[1.2]<0>` */
  readonly label: string
  readonly path: readonly number[]
  readonly partial: Partial | null
  /** reading it marks the message as read */
  readonly setsSeen: boolean
}
export type BinarySizeItem = { readonly kind: 'binarySize'; readonly label: string; readonly path: readonly number[] }

export function readPartial(reader: ArgumentReader): Partial | null {
  if (!reader.skip('<')) return null
  const start = reader.number()
  reader.expect('.')
  const count = reader.number()
  reader.expect('>')
  if (count === 0) throw new BadSyntax('A partial fetch of nothing')
  return { start, count }
}

export function readBinaryItem(
  reader: ArgumentReader,
  name: 'BINARY' | 'BINARY.PEEK' | 'BINARY.SIZE',
): BinaryItem | BinarySizeItem {
  reader.expect('[')
  const spec = reader.peek() === ']' ? '' : reader.word()
  reader.expect(']')
  const { path, rest } = readPath(spec)
  if (rest !== '') throw new BadSyntax('Only whole parts are decoded')
  if (name === 'BINARY.SIZE') return { kind: 'binarySize', label: `BINARY.SIZE[${spec}]`, path }
  const partial = readPartial(reader)
  const label = `BINARY[${spec}]${partial === null ? '' : `<${partial.start}>`}`
  return { kind: 'binary', label, path, partial, setsSeen: name === 'BINARY' }
}
