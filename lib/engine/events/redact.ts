/**
 * What of a protocol line may be kept. The owner of a mailbox and the support agents read these lines in the portal.
 *
 * Guarantees: no secret (passwords, SASL responses), no correspondent (local parts other than the owner's own), no
 * content (search terms, folder names, what follows a command that is not known) and no control byte.
 * Each protocol has an allow-list, and what is not on it is described by its length alone: a client that is out of
 * step sends passwords and message text where commands belong, and even their first word says too much.
 */

const MAX_LINE_CHARACTERS = 200
const HIDDEN = '(not shown)'

/** For a line of a SASL exchange, in either direction. */
export const saslLine = '(login data, not shown)'

/** With a domain, or shorter than any password that is generated or may be chosen here. */
const nameShape = /^(?:[a-z0-9._+-]{1,64}[@%](?:[a-z0-9-]+\.)+[a-z]{2,63}|[a-z][a-z0-9._-]{0,10})$/i

/** People type passwords where their user name belongs, so what nobody is called is kept only where it looks like a name. */
export function shownName(name: string): string {
  return nameShape.test(name) ? name : HIDDEN
}

const shortTag = /^[A-Za-z0-9.]{1,8}$/

/** What comes first in a line of IMAP is a tag by its place only. */
export function shownTag(tag: string): string {
  return shortTag.test(tag) ? tag : '…'
}

/** Control bytes are written as \xNN; what is too long is cut. The result can be stored as PostgreSQL text. */
export function printable(text: string): string {
  const cut = text.length > MAX_LINE_CHARACTERS ? `${text.slice(0, MAX_LINE_CHARACTERS - 1)}…` : text
  if (/^[\x20-\x7e]*$/.test(cut)) return cut
  return cut
    .toWellFormed()
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, escaped)
    .slice(0, MAX_LINE_CHARACTERS)
}

function escaped(control: string): string {
  return `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`
}

function unknownLine(line: string): string {
  return `(not a command, ${line.length} characters)`
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

/** "Verb rest", the verb in upper case. */
function splitVerb(line: string): { verb: string; rest: string } {
  const space = line.indexOf(' ')
  if (space < 0) return { verb: line.trim().toUpperCase(), rest: '' }
  return { verb: line.slice(0, space).toUpperCase(), rest: line.slice(space + 1).trim() }
}

/** The mechanism's name is kept, an initial response is not. */
function authLine(verb: string, rest: string): string {
  if (rest === '') return verb
  const [mechanism = '', ...more] = rest.split(' ')
  const name = /^[A-Za-z0-9_-]{1,20}$/.test(mechanism) ? mechanism.toUpperCase() : HIDDEN
  return more.length === 0 ? `${verb} ${name}` : `${verb} ${name} ${HIDDEN}`
}

/** "<tanaka@example.jp>" becomes "<…@example.jp>", unless the address is the owner's own. */
export function maskAddresses(text: string, ownAddresses: readonly string[]): string {
  return text.replace(/("[^"]*"|[^\s<>@:,;"=]+)@([^\s<>@,;"]+)/g, (address, _localPart, domain) =>
    ownAddresses.includes(address.toLowerCase()) ? address : `…@${domain}`,
  )
}

const smtpGreetings = setOf('HELO EHLO LHLO')
const smtpPlainVerbs = setOf('DATA RSET NOOP QUIT HELP STARTTLS BDAT')
/** RFC 1870, 6152, 6531, 3461: parameters whose values say nothing about people. */
const smtpPlainParameters = /^(SIZE|BODY|SMTPUTF8|RET|NOTIFY|REQUIRETLS)(=|$)/i

export function smtpLine(line: string, ownAddresses: readonly string[] = []): string {
  const { verb, rest } = splitVerb(line)
  if (verb === 'AUTH') return authLine(verb, rest)
  if (verb === 'MAIL' || verb === 'RCPT') return printable(`${verb} ${smtpPath(rest, ownAddresses)}`)
  if (verb === 'VRFY' || verb === 'EXPN') return `${verb} ${HIDDEN}`
  if (smtpGreetings.has(verb)) return printable(`${verb} ${rest}`)
  return smtpPlainVerbs.has(verb) ? withNumbers(verb, rest) : unknownLine(line)
}

/** Arguments of commands that take none but numbers. */
function withNumbers(verb: string, rest: string): string {
  if (rest === '') return verb
  return /^[\d ]{1,40}$/.test(rest) ? `${verb} ${rest}` : `${verb} …`
}

function smtpPath(rest: string, ownAddresses: readonly string[]): string {
  const match = /^(?<keyword>FROM|TO):\s*(?<path><[^>]*>|\S*)\s*(?<parameters>.*)$/is.exec(rest)
  if (!match?.groups) return HIDDEN
  const { keyword = '', path = '', parameters = '' } = match.groups
  const shown = path === '<>' || path.includes('@') ? maskAddresses(path, ownAddresses) : HIDDEN
  const kept = parameters
    .split(/\s+/)
    .filter((parameter) => parameter !== '')
    .map((parameter) => (smtpPlainParameters.test(parameter) ? parameter : `${parameter.split('=', 1)[0]}=…`))
  return [`${keyword.toUpperCase()}:${shown}`, ...kept].join(' ')
}

const pop3PlainVerbs = setOf('STAT LIST RETR DELE NOOP RSET QUIT TOP UIDL LAST CAPA STLS UTF8 LANG')

export function pop3Line(line: string): string {
  const { verb, rest } = splitVerb(line)
  if (verb === 'PASS' || verb === 'APOP') return `${verb} ${HIDDEN}`
  if (verb === 'USER') return `${verb} ${shownName(rest)}`
  if (verb === 'AUTH') return authLine(verb, rest)
  return pop3PlainVerbs.has(verb) ? withNumbers(verb, rest) : unknownLine(line)
}

const imapBareVerbs = setOf('CAPABILITY NOOP LOGOUT STARTTLS CHECK CLOSE EXPUNGE IDLE UNSELECT NAMESPACE')
/** Their arguments are numbers, flags and names of capabilities. */
const imapShownVerbs = setOf('FETCH STORE ENABLE')
/** Their arguments name folders or hold search terms. */
const imapHiddenVerbs = setOf(
  'SELECT EXAMINE CREATE DELETE RENAME SUBSCRIBE UNSUBSCRIBE LIST LSUB STATUS APPEND COPY MOVE SEARCH SORT THREAD ' +
    'GETQUOTA GETQUOTAROOT SETQUOTA GETMETADATA SETMETADATA NOTIFY COMPRESS',
)

/** One command line of IMAP, up to its first literal. */
export function imapLine(line: string): string {
  if (/^DONE$/i.test(line)) return 'DONE'
  const match = /^(?<tag>[\x21-\x7e]{1,32}) (?<uid>UID )?(?<name>[A-Za-z]{1,16})(?: (?<rest>.*))?$/is.exec(line)
  if (!match?.groups) return unknownLine(line)
  const { tag = '', uid = '', rest = '' } = match.groups
  const name = (match.groups.name ?? '').toUpperCase()
  const command = `${shownTag(tag)} ${uid.toUpperCase()}${name}`
  if (name === 'LOGIN') return printable(`${command} ${HIDDEN}`)
  if (name === 'AUTHENTICATE') return printable(`${shownTag(tag)} ${authLine(name, rest)}`)
  if (name === 'ID') return printable(`${command} ${idFields(rest)}`)
  if (imapBareVerbs.has(name)) return printable(rest === '' ? command : `${command} …`)
  if (imapShownVerbs.has(name)) return printable(`${command} ${rest}`)
  if (!imapHiddenVerbs.has(name)) return unknownLine(line)
  const inbox = /^"?INBOX"?(?= |$)/i.exec(rest)
  return printable(`${command} ${inbox ? `${inbox[0].toUpperCase()} …` : '…'}`)
}

/** What a program is called (RFC 2971 §3.3), and nothing else of what it says about itself. */
function idFields(rest: string): string {
  const fields = rest.matchAll(/"(name|version|vendor|os|os-version)" ("[^"\\]{0,60}")/gi)
  return `(${[...fields].map(([, field = '', value]) => `"${field.toLowerCase()}" ${value}`).join(' ')})`
}
