/** The list of a batch: `address[,login at the old system[,password there]]`, one mailbox a line. Pure. */
import { readCsv } from '#lib/csv/read-csv.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'

export type ListedMailbox = {
  readonly line: number
  readonly address: string
  readonly sourceLogin: string
  /** empty: the source's master password */
  readonly password: string
}

export type ListProblem = 'notAnAddress' | 'noPassword' | 'tooMany' | 'noSuchMailbox' | 'alreadyMoving'
export type ListFault = { readonly line: number; readonly text: string; readonly problem: ListProblem }

const MAX_MAILBOXES = 20_000

export function readMailboxList(
  text: string,
  needsPassword: boolean,
): { entries: readonly ListedMailbox[]; faults: readonly ListFault[] } {
  const faults: ListFault[] = []
  const entries = readCsv(text, { hasComments: true }).flatMap(({ line, fields, isBroken }) => {
    const [written = '', login = '', password = ''] = fields
    const address = isBroken ? null : parseMailAddress(written)
    const problem: ListProblem | null =
      address === null
        ? 'notAnAddress'
        : needsPassword && password === ''
          ? 'noPassword'
          : line > MAX_MAILBOXES
            ? 'tooMany'
            : null
    if (address === null || problem !== null) {
      faults.push({ line, text: written.slice(0, 100), problem: problem ?? 'notAnAddress' })
      return []
    }
    return [{ line, address: canonicalAddress(address), sourceLogin: login || address.localPart, password }]
  })
  return { entries, faults }
}
