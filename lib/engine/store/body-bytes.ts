/**
 * How the bytes of bodies come from the database: as text where they have seven bits, otherwise as the hexadecimal digits
 * in which the driver asks for bytes, which take the database and the worker several times as long.
 */
import * as buffer from 'node:buffer'

export type BytesOrText = { readonly bytes: Buffer | null; readonly text: string | null }

/** PostgreSQL's text holds no NUL. */
export const isAscii = (content: Buffer): boolean => buffer.isAscii(content) && !content.includes(0)

/** For SELECT. @param part an expression of bytes of a row of `bodies` */
export const bytesOrText = (part: string) => `
CASE WHEN NOT b.is_ascii THEN ${part} END AS bytes, CASE WHEN b.is_ascii THEN convert_from(${part}, 'UTF8') END AS text`

export const bytesOf = ({ bytes, text }: BytesOrText): Buffer => bytes ?? Buffer.from(text ?? '', 'latin1')
