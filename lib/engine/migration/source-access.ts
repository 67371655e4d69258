/** How one mailbox of a source is reached: the operator's settings with the login of this job. */
export type SourceAccess = {
  readonly host: string
  readonly imapPort: number
  readonly pop3Port: number
  readonly tls: 'IMPLICIT' | 'STARTTLS' | 'NONE'
  /** PEM; empty: a public authority */
  readonly authority: string
  readonly user: string
  readonly password: string
}
