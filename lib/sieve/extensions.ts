/** What a script may ask for with require; the SIEVE capability of ManageSieve is this list. */

export const extensions = [
  'fileinto',
  'reject',
  'ereject',
  'envelope',
  'copy',
  'mailbox',
  'special-use',
  'imap4flags',
  'variables',
  'vacation',
  'vacation-seconds',
  'relational',
  'subaddress',
  'date',
  'index',
  'body',
  'regex',
  'include',
  'editheader',
  'duplicate',
  'environment',
  'enotify',
  'encoded-character',
  'spamtest',
  'spamtestplus',
  'virustest',
  'comparator-i;octet',
  'comparator-i;ascii-casemap',
  'comparator-i;ascii-numeric',
  'comparator-i;unicode-casemap',
] as const

export type Extension = (typeof extensions)[number]

export function isExtension(name: string): name is Extension {
  return (extensions as readonly string[]).includes(name)
}

/** What an extension brings along. */
const implied: Readonly<Partial<Record<Extension, readonly Extension[]>>> = {
  'vacation-seconds': ['vacation'],
  spamtestplus: ['spamtest'],
}

export function withImplied(extension: Extension): readonly Extension[] {
  return [extension, ...(implied[extension] ?? [])]
}

/** RFC 5435 §8: what notify can reach. */
export const notifyMethods = ['mailto'] as const
