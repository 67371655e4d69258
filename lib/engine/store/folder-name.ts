/**
 * Names of folders: UTF-8 in NFC, "/" between levels, INBOX in upper case (RFC 9051 §5.1).
 *
 * Refuses names that some client or the wire could not carry: control characters, wildcards of LIST, empty levels, more
 * than MAX_DEPTH levels or MAX_BYTES bytes.
 */

const MAX_BYTES = 512
const MAX_DEPTH = 16
const FORBIDDEN =
  /[\x00-\x1f\x7f-\x9f%*\\\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * The form under which a name is stored and looked up. Any text is fine; unusable names just name no folder. NUL, which
 * the database cannot even be asked for, becomes another byte that no name has.
 */
export function canonicalFolderName(text: string): string {
  const name = text.normalize('NFC').replaceAll('\0', '\x01')
  if (/^inbox$/i.test(name)) return 'INBOX'
  return /^inbox\//i.test(name) ? `INBOX${name.slice(5)}` : name
}

/** May a folder be made under this (canonical) name? */
export function isAllowedFolderName(name: string): boolean {
  if (Buffer.byteLength(name) > MAX_BYTES || FORBIDDEN.test(name)) return false
  const levels = name.split('/')
  return levels.length <= MAX_DEPTH && levels.every((level) => level.trim() !== '' && level !== '.' && level !== '..')
}

/** "a", "a/b" of "a/b/c". */
export function parentNames(name: string): string[] {
  const levels = name.split('/')
  return levels.slice(1).map((_, index) => levels.slice(0, index + 1).join('/'))
}
