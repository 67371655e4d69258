/** For whom a profile is made. There is no password in it: the person types it. */
export type MailPerson = {
  readonly address: string
  readonly name: string
  /** of one credential */
  readonly username: string
  readonly receivesBy: 'imap' | 'pop'
}
