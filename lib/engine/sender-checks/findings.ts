/** What the checks of a sender found out, in the terms of RFC 8601. */

export type SenderFacts = {
  /** the client's network address */
  readonly address: string
  /** what it called itself at EHLO */
  readonly helloName: string
  /** envelope sender; empty for <> */
  readonly sender: string
}

export type DmarcResult = 'pass' | 'fail' | 'none' | 'temperror' | 'permerror'
/** What the owner of the domain in From asks receivers to do with mail that fails (RFC 9989). */
export type DmarcRequest = 'none' | 'quarantine' | 'reject'

/** Whom From names, as far as DMARC can ask: `domain` is null where it names nobody, or people of several domains. */
export type Author = { readonly domain: string | null }

export type SenderFindings = {
  readonly spf: string
  /** null when it was not looked for */
  readonly author: Author | null
  readonly dmarc: DmarcResult
  readonly requested: DmarcRequest
  /** header fields for the copies, each with its CRLF; empty when nothing was checked */
  readonly traceFields: string
}

export const notChecked: SenderFindings = {
  spf: 'none',
  author: null,
  dmarc: 'none',
  requested: 'none',
  traceFields: '',
}
