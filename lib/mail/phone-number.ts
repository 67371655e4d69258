/** Japanese telephone numbers as people write them, in one form. */

const INTERNATIONAL = /^\+[1-9]\d{7,14}$/
/** "+81 (0)3…" */
const ZERO_TOO_MUCH = /^\+810/

/** As people in Japan dial it: "+81312345678" is "0312345678". */
export function dialledNumber(number: string): string {
  return number.replace(/^\+81/, '0')
}

/** "０３-1234-5678" and "+81 3 1234 5678" are both "+81312345678". @returns null for what is no number */
export function canonicalPhoneNumber(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replaceAll(/[^\d+]/g, '')
    .replace(ZERO_TOO_MUCH, '+81')
  const number = digits.startsWith('0') ? `+81${digits.slice(1)}` : digits
  return INTERNATIONAL.test(number) ? number : null
}
