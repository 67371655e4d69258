/** What goes wrong before a mail program gets to a word that could be answered: a closed list, for events and the doctor. */
export const mishaps = [
  'tlsTooOld',
  'tlsFailed',
  'certificateRefused',
  'certificateOutdated',
  'tlsOnPlainPort',
  'plainOnTlsPort',
  'leftWithoutWord',
  'foreignProtocol',
  'wrongService',
  'crowded',
] as const
export type Mishap = (typeof mishaps)[number]

export function isMishap(text: string): text is Mishap {
  return (mishaps as readonly string[]).includes(text)
}

/** @param line the first words of another protocol: those of another mail service, or of a browser */
export function foreignMishap(line: string): Mishap {
  return /^(?:EHLO|HELO|USER)\b/i.test(line) ? 'wrongService' : 'foreignProtocol'
}
