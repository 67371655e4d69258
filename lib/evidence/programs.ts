/** The real mail programs that the tests drive, by the names of their Debian packages. */

type Program = {
  readonly name: string
  /** in the catalogue; null for what no subscriber would set up by a guide */
  readonly clientId: string | null
}

const program = (name: string, clientId: string | null = null): Program => ({ name, clientId })

export const programs = {
  alpine: program('Alpine'),
  balsa: program('Balsa'),
  'claws-mail': program('Claws Mail', 'claws-mail'),
  curl: program('curl'),
  evolution: program('Evolution', 'evolution'),
  fetchmail: program('fetchmail'),
  geary: program('Geary', 'geary'),
  getmail6: program('getmail'),
  imapflow: program('ImapFlow (Node.js)'),
  isync: program('isync (mbsync)'),
  kmail: program('KMail', 'kmail'),
  mew: program('Mew', 'mew'),
  mpop: program('mpop'),
  msmtp: program('msmtp'),
  mutt: program('Mutt', 'mutt-neomutt'),
  neomutt: program('NeoMutt', 'mutt-neomutt'),
  offlineimap3: program('OfflineIMAP'),
  python3: program('Python (imaplib, poplib)'),
  's-nail': program('S-nail (mailx)'),
  'sieve-connect': program('sieve-connect'),
  swaks: program('swaks'),
  sylpheed: program('Sylpheed', 'sylpheed'),
  thunderbird: program('Thunderbird', 'thunderbird'),
  wl: program('Wanderlust', 'wanderlust'),
} as const satisfies Record<string, Program>

export type ProgramId = keyof typeof programs

export function isProgramId(text: string): text is ProgramId {
  return Object.hasOwn(programs, text)
}
