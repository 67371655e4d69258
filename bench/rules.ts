/** A script as a subscriber with many rules has it: none of them fits the letters of the bench but the last. */

const LAST = 'if header :contains "subject" "bench" { addflag "\\\\Flagged"; keep; }'

/** One in four looks into the body. */
const forms: readonly ((number: number) => string)[] = [
  (n) => `if header :contains "list-id" "<list-${n}.example>" { fileinto "List ${n}"; stop; }`,
  (n) => `if address :is "from" "person-${n}@elsewhere.example" { fileinto "Person ${n}"; stop; }`,
  (n) => `if header :matches "subject" "*[offer ${n}]*" { addflag "\\\\Seen"; fileinto "Offers"; stop; }`,
  (n) => `if body :contains "your number is ${n}" { fileinto "Numbers"; stop; }`,
]

export function rulesScript(count: number): string {
  const rules = Array.from({ length: count - 1 }, (_, index) => forms[index % forms.length]?.(index) ?? '')
  return ['require ["fileinto", "imap4flags", "body"];', ...rules, LAST, ''].join('\r\n')
}
