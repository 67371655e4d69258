/**
 * Arrays in PostgreSQL's binary form (array_recv in the server's source), for statements that take many rows at once
 * through unnest(). The driver would write an array as text and double every byte of a message on the way.
 */

const BYTEA_OID = 17
const TEXT_OID = 25
const HEADER_BYTES = 20
const EMPTY_HEADER_BYTES = 12

function binaryArray(elementOid: number, elements: readonly Buffer[]): Buffer {
  let length = elements.length === 0 ? EMPTY_HEADER_BYTES : HEADER_BYTES
  for (const element of elements) length += 4 + element.length
  const array = Buffer.allocUnsafe(length)
  array.writeInt32BE(elements.length === 0 ? 0 : 1, 0) // dimensions
  array.writeInt32BE(0, 4) // no element is NULL
  array.writeInt32BE(elementOid, 8)
  if (elements.length === 0) return array
  array.writeInt32BE(elements.length, 12)
  array.writeInt32BE(1, 16) // SQL counts from 1
  let offset = HEADER_BYTES
  for (const element of elements) {
    offset = array.writeInt32BE(element.length, offset)
    offset += element.copy(array, offset)
  }
  return array
}

/** A value for a parameter of type bytea[]. */
export function byteaArray(elements: readonly Buffer[]): Buffer {
  return binaryArray(BYTEA_OID, elements)
}

/** A value for a parameter of type text[]. */
export function textArray(elements: readonly string[]): Buffer {
  return binaryArray(
    TEXT_OID,
    elements.map((element) => Buffer.from(element)),
  )
}
