/**
 * The user name that a visitor of the doctor types: `check-` and a code. No mailbox is behind such a name, and no
 * password is worth anything with it.
 */

/** Nothing that a reader could mistake, as in generated passwords. */
export const checkAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
export const checkCodeLength = 6

const PREFIX = 'check-'
const NAME = new RegExp(`^${PREFIX}([${checkAlphabet}]{${checkCodeLength}})$`)

export function checkUserName(code: string): string {
  return `${PREFIX}${code}`
}

/** @param name without its domain, lower case */
export function checkCodeIn(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null
}
