/**
 * What some server somewhere takes for the end of a message. The first ten are those of smtpsmug, the next two those of
 * SEC Consult's scanner.
 */
export const smuggledEnds = [
  '\n.\n',
  '\n.\r\n',
  '\r\n.\n',
  '\r.\r',
  '\r.\n',
  '\r.\r\n',
  '\r\n.\r',
  '\n.\r',
  '\r\n\0.\r\n',
  '\r\n.\0\r\n',
  '\r\n.\r\r\n',
  '\r\r\n.\r\r\n',
  '\n.\r\r\n',
  '\r\n. \r\n',
  '\r\n.\t\r\n',
  '\n\n.\r\n',
] as const

/** A CR or LF that stands alone. */
export function hasBareLineBreak(text: string): boolean {
  return /(?<!\r)\n|\r(?!\n)/.test(text)
}
