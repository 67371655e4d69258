/**
 * From what a mail program says of itself (IMAP ID, User-Agent, X-Mailer) to a client of the catalogue. Pure.
 *
 * Guarantees: the answer is an id of the catalogue and a number of one to four digits, or nothing. Whatever else
 * somebody writes into that field, be it a name or an address, goes no further.
 */

export type RecognisedClient = {
  readonly clientId: string
  /** the first number of the version; empty where none is said */
  readonly version: string
}

const MAX_CHARACTERS = 200

type Rule = { readonly pattern: RegExp; readonly clientId: string }
const rule = (clientId: string, pattern: RegExp): Rule => ({ clientId, pattern })

/** The first that fits counts, so the narrower name stands before the wider. A group is the version. */
const rules: readonly Rule[] = [
  rule('thunderbird-android', /^(?:K-9 Mail|Thunderbird for Android|Thunderbird Mail for Android)(?:[ /]+(\d{1,4}))?/i),
  rule('thunderbird', /^(?:Mozilla )?Thunderbird(?:[ /]+(\d{1,4}))?/i),
  rule('thunderbird', /^Mozilla\/5\.0 .* Thunderbird\/(\d{1,4})/i),
  rule('apple-mail-ios', /^(?:iPhone|iPad|iPod) Mail(?: +\(?(\d{1,4}))?/i),
  rule('apple-mail-macos', /^(?:Apple|Mac OS X|macOS) Mail(?: +\(?(\d{1,4}))?/i),
  rule('outlook-express-6-0', /^Microsoft Outlook Express (6)\.0/i),
  rule('outlook-express-5-5', /^Microsoft Outlook Express (5)\.50/i),
  rule('outlook-express-5-0', /^Microsoft Outlook Express (5)\.00/i),
  rule('outlook-express-4-0', /^Microsoft Outlook Express (4)\./i),
  rule('outlook-mobile', /^Outlook(?:-|_| for )(?:iOS|Android)(?:[ /]+(\d{1,4}))?/i),
  rule('outlook-mac', /^Microsoft-MacOutlook\/(\d{1,4})/i),
  rule('outlook-2002', /^Microsoft Outlook, Build (10)\./i),
  rule('outlook-classic', /^Microsoft Outlook(?: +(1[4-9]))\./i),
  rule('samsung-email', /^(?:com\.samsung\.android\.email|SamsungEmail|Samsung Email)(?:[ /]+(\d{1,4}))?/i),
  rule('fairemail', /^FairEmail(?:[ /]+(\d{1,4}))?/i),
  rule('becky-2-current', /^Becky! ver\. (2)\./i),
  rule('turukame-2-05', /^TuruKame (2)\./i),
  rule('hidemaru-mail', /^HidemaruMail (\d{1,4})/i),
  rule('shuriken', /^Shuriken(?: Pro)?[ /]*(\d{1,4})?/i),
  rule('al-mail32-1-13', /^AL-Mail32 Version (1)\.13/i),
  rule('datula-1-52-01', /^Datula version (1)\.52/i),
  rule('eudora-5-1j', /^QUALCOMM Windows Eudora Version (5)\.1/i),
  rule('winbiff-2-4-1', /^Winbiff \[Version (2)\.4/i),
  rule('denshin8-32-1-3-1', /^Denshin 8 Go V(32)\./i),
  rule('edmax', /^EdMax(?: Free)? Ver(3)\./i),
  rule('em-client', /^eM[ _]?Client(?:[ /]+(\d{1,4}))?/i),
  rule('vivaldi-mail', /^Vivaldi Mail(?:[ /]+(\d{1,4}))?/i),
  rule('mailbird', /^Mailbird(?:[ /]+(\d{1,4}))?/i),
  rule('spark', /^Spark(?: Mail)?[ /]+(\d{1,4})/i),
  rule('bluemail', /^BlueMail(?:[ /]+(\d{1,4}))?/i),
  rule('sylpheed', /^Sylpheed (\d{1,4})/i),
  rule('claws-mail', /^Claws Mail (\d{1,4})/i),
  rule('evolution', /^Evolution (\d{1,4})/i),
  rule('kmail', /^(?:KMail|Kontact)(?:[ /]+(\d{1,4}))?/i),
  rule('geary', /^Geary(?:[ /]+(\d{1,4}))?/i),
  rule('mutt-neomutt', /^(?:Neo)?Mutt(?:[ /]+(\d{1,4}))?/i),
  rule('mew', /^Mew version (\d{1,4})/i),
  rule('wanderlust', /^Wanderlust\/(\d{1,4})/i),
  rule('roundcube', /^Roundcube(?: Webmail)?(?:[ /]+(\d{1,4}))?/i),
]

export function recogniseClient(saysToBe: string): RecognisedClient | null {
  const text = saysToBe.slice(0, MAX_CHARACTERS).trim()
  for (const { pattern, clientId } of rules) {
    const match = pattern.exec(text)
    if (match) return { clientId, version: match[1] ?? '' }
  }
  return null
}

export const recognisableClients: readonly string[] = [...new Set(rules.map(({ clientId }) => clientId))]
