/**
 * What the server says it can do (RFC 9051 §7.2.2): only what it does.
 *
 * LOGINDISABLED and the AUTH= names follow the policy for this listener and this moment.
 */
import type { ImapSession } from './session.ts'

const always = ['IMAP4rev1', 'IMAP4rev2', 'SASL-IR', 'ID', 'ENABLE']
/** RFC 7888: strangers announce what is larger than a line. */
const signedOut = ['LITERAL-']
const signedIn = [
  'LITERAL+',
  'IDLE',
  'NAMESPACE',
  'UIDPLUS',
  'MOVE',
  'UNSELECT',
  'CHILDREN',
  'SPECIAL-USE',
  'CREATE-SPECIAL-USE',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'STATUS=SIZE',
  'ESEARCH',
  'SEARCHRES',
  'ESORT',
  'SORT',
  'SORT=DISPLAY',
  'THREAD=ORDEREDSUBJECT',
  'THREAD=REFERENCES',
  'CONDSTORE',
  'QRESYNC',
  'BINARY',
  'MULTIAPPEND',
  'OBJECTID',
  'QUOTA',
  'QUOTA=RES-STORAGE',
  'PREVIEW',
]

export function canStartTls({ connection }: ImapSession): boolean {
  return connection.listener.tls === 'starttls' && connection.tls === null
}

export function isLoginDisabled(session: ImapSession): boolean {
  return !session.services.authenticator.mechanismsFor(session.facts).includes('PLAIN')
}

export function capabilities(session: ImapSession): string {
  const compression = session.connection.isCompressed ? [] : ['COMPRESS=DEFLATE']
  if (session.isSignedIn()) {
    const utf8 = session.isKnownInUtf7 ? [] : ['UTF8=ACCEPT']
    return [...always, ...signedIn, ...utf8, ...compression, `APPENDLIMIT=${session.maxAppendBytes}`].join(' ')
  }
  const mechanisms = session.services.authenticator.mechanismsFor(session.facts).map((name) => `AUTH=${name}`)
  const tls = canStartTls(session) ? ['STARTTLS'] : []
  const disabled = isLoginDisabled(session) ? ['LOGINDISABLED'] : []
  return [...always, ...signedOut, ...tls, ...disabled, ...mechanisms].join(' ')
}
