/** Strings as responses carry them (RFC 9051 §4.3). */

/** Quoted when it may be, otherwise a literal; UTF-8 bytes that are not ASCII go into literals (RFC 3501 §4.3.1). */
export function wireString(text: string): string {
  if (/^[\x20-\x7e]{0,1000}$/.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`
  return `{${Buffer.byteLength(text)}}\r\n${text}`
}

/** For clients that read UTF-8 in quoted strings (RFC 9051 §4.3, RFC 6855 §3). */
export function wireUtf8String(text: string): string {
  if (/[\x00\r\n]/.test(text)) return wireString(text)
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** A word that needs no quotes stays bare. */
export function wireAstring(text: string): string {
  return /^[^\x00-\x20\x7f-\uffff(){%*"\\]+$/.test(text) && !/^nil$/i.test(text) ? text : wireString(text)
}

/** Text of a status reply: one line of ASCII, whatever went into it. */
export function replyText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500)
}
