/**
 * The messages of a maildrop as they were at login, numbered from 1 (RFC 1939 §4: numbers never move in a session).
 *
 * Guarantees: about 40 bytes per message, so that a mailbox of a million messages can be listed in bounded memory;
 * pages, so that no other session waits for one long result.
 */

/** In columns, by UID. */
export type ListedMessages = {
  readonly uids: readonly number[]
  readonly sizes: readonly number[]
  /** one a line */
  readonly uidls: string
}

type Page = { readonly uids: Float64Array; readonly sizes: Uint32Array; readonly uidls: string }

export class MaildropListing {
  readonly #pageSize: number
  readonly #pages: Page[] = []
  #splitPage = -1
  #splitUidls: readonly string[] = []
  count = 0
  totalBytes = 0

  /** @param pageSize messages per page; only the last page may hold fewer */
  constructor(pageSize: number) {
    this.#pageSize = pageSize
  }

  addPage({ uids, sizes, uidls }: ListedMessages): void {
    this.#pages.push({ uids: Float64Array.from(uids), sizes: Uint32Array.from(sizes), uidls })
    this.count += uids.length
    for (const sizeBytes of sizes) this.totalBytes += sizeBytes
  }

  has(number: number): boolean {
    return number >= 1 && number <= this.count
  }

  uid(number: number): number {
    return this.#pageOf(number).uids[this.#indexInPage(number)] ?? 0
  }

  sizeBytes(number: number): number {
    return this.#pageOf(number).sizes[this.#indexInPage(number)] ?? 0
  }

  uidl(number: number): string {
    const page = Math.floor((number - 1) / this.#pageSize)
    if (page !== this.#splitPage) {
      this.#splitUidls = this.#pageOf(number).uidls.split('\n')
      this.#splitPage = page
    }
    return this.#splitUidls[this.#indexInPage(number)] ?? ''
  }

  #pageOf(number: number): Page {
    const page = this.#pages[Math.floor((number - 1) / this.#pageSize)]
    if (page === undefined || !this.has(number)) throw new RangeError(`no message ${number}`)
    return page
  }

  #indexInPage(number: number): number {
    return (number - 1) % this.#pageSize
  }
}
