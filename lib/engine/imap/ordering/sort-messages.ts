/**
 * SORT (RFC 5256 §3): messages in the order of one or more keys, SORT=DISPLAY too (RFC 5957). Messages that are alike
 * stay in the order of their UIDs. What is kept of each message is its keys alone.
 */
import { baseSubject } from '#lib/mime/base-subject.ts'
import { decodeWords } from '#lib/mime/encoded-words.ts'
import { foldText } from '#lib/mime/search-text.ts'
import { envelopeValue, firstAddress } from '../../store/envelope-text.ts'
import type { MessageRow } from '../../store/message-rows.ts'
import { sentAt } from './sent-at.ts'

export const sortKeys = ['ARRIVAL', 'CC', 'DATE', 'DISPLAYFROM', 'DISPLAYTO', 'FROM', 'SIZE', 'SUBJECT', 'TO'] as const
export type SortKey = (typeof sortKeys)[number]
export type SortCriterion = { readonly key: SortKey; readonly isReverse: boolean }

type Value = string | number
type Keyed = { readonly uid: number; readonly values: readonly Value[] }

/** i;unicode-casemap compares upper case (RFC 5051 §2): "_" and "[" come after the letters. */
const collated = (text: string) => foldText(text).toUpperCase()

function mailboxIn(row: MessageRow, field: 'from' | 'to' | 'cc'): string {
  return collated(firstAddress(row.envelope, field)?.mailbox ?? '')
}

/** What a person reads: the name, or else the address (RFC 5957 §3). */
function displayIn(row: MessageRow, field: 'from' | 'to'): string {
  const address = firstAddress(row.envelope, field)
  return address === null ? '' : collated(address.name || `${address.mailbox}@${address.host}`)
}

const values: Readonly<Record<SortKey, (row: MessageRow) => Value>> = {
  ARRIVAL: (row) => row.internalDate.getTime(),
  CC: (row) => mailboxIn(row, 'cc'),
  DATE: (row) => sentAt(row),
  DISPLAYFROM: (row) => displayIn(row, 'from'),
  DISPLAYTO: (row) => displayIn(row, 'to'),
  FROM: (row) => mailboxIn(row, 'from'),
  SIZE: (row) => row.sizeBytes,
  SUBJECT: (row) => collated(baseSubject(decodeWords(envelopeValue(row.envelope, 'subject') ?? '')).text),
  TO: (row) => mailboxIn(row, 'to'),
}

const compare = (one: Value, other: Value) => (one < other ? -1 : one > other ? 1 : 0)

export class MessageSorter {
  readonly #criteria: readonly SortCriterion[]
  readonly #messages: Keyed[] = []

  constructor(criteria: readonly SortCriterion[]) {
    this.#criteria = criteria
  }

  add(row: MessageRow): void {
    this.#messages.push({ uid: row.uid, values: this.#criteria.map(({ key }) => values[key](row)) })
  }

  sortedUids(): number[] {
    return this.#messages.sort((one, other) => this.#compare(one, other)).map(({ uid }) => uid)
  }

  #compare(one: Keyed, other: Keyed): number {
    for (const [index, { isReverse }] of this.#criteria.entries()) {
      const order = compare(one.values[index] as Value, other.values[index] as Value)
      if (order !== 0) return isReverse ? -order : order
    }
    return one.uid - other.uid
  }
}
