/** Logins that must fail, whatever the protocol that carries them. */

export type SaslAttempt = {
  readonly title: string
  readonly mechanism: string
  /** in the command itself, as it is sent */
  readonly initial?: string
  /** the answers to the server's challenges, as they are sent */
  readonly responses?: readonly string[]
  /** refused: like a wrong password; malformed: the client is at fault; notOffered: there is no such mechanism */
  readonly outcome: 'refused' | 'malformed' | 'notOffered'
}

/** Latin-1 text, so that a case can say any octet. */
const base64 = (octets: string) => Buffer.from(octets, 'latin1').toString('base64')
const plain = (title: string, octets: string, outcome: SaslAttempt['outcome']): SaslAttempt => ({
  title,
  mechanism: 'PLAIN',
  responses: [base64(octets)],
  outcome,
})
const scram = (title: string, outcome: SaslAttempt['outcome'], ...messages: string[]): SaslAttempt => ({
  title,
  mechanism: 'SCRAM-SHA-256',
  responses: messages.map(base64),
  outcome,
})
const name = (title: string, loginName: string) => plain(`a user name with ${title}`, `\0${loginName}\0x`, 'refused')

/** @param password the right one of "taro" */
export const saslAttempts = (password: string): readonly SaslAttempt[] => [
  { title: 'an initial response that is no base64', mechanism: 'PLAIN', initial: '!!!', outcome: 'malformed' },
  { title: 'a response that is no base64', mechanism: 'PLAIN', responses: ['a=b='], outcome: 'malformed' },
  { title: 'base64 that is cut off', mechanism: 'LOGIN', responses: ['dGFybw', ''], outcome: 'malformed' },
  { title: 'a response that is too long', mechanism: 'PLAIN', responses: ['A'.repeat(12_289)], outcome: 'malformed' },
  { title: 'a response of a megabyte', mechanism: 'LOGIN', responses: ['A'.repeat(1_000_000)], outcome: 'malformed' },
  { title: 'an exchange that is cancelled', mechanism: 'PLAIN', responses: ['*'], outcome: 'malformed' },
  { title: 'an initial response of no bytes', mechanism: 'PLAIN', initial: '=', outcome: 'malformed' },
  plain('a name and nothing else', 'taro', 'malformed'),
  plain('one NUL', `taro\0${password}`, 'malformed'),
  plain('three NULs', `\0taro\0${password}\0`, 'malformed'),
  plain('bytes that are no UTF-8', '\0taro\0\xff\xfe', 'malformed'),
  plain('in the name of another', `jiro\0taro\0${password}`, 'refused'),
  plain('an empty name', `\0\0${password}`, 'refused'),
  plain('an empty password', '\0taro\0', 'refused'),
  plain('a password of 1,025 octets', `\0taro\0${'x'.repeat(1_025)}`, 'malformed'),
  name('line breaks', 'taro\r\nNOOP\r\n'),
  name('a percent sign', 'ta%'),
  name('SQL', "' OR 1=1 --"),
  name('a template', '{{7*7}}'),
  plain('a letter that looks like another', `\0t\xd0\xb0ro\0${password}`, 'refused'),
  { title: 'an unknown mechanism', mechanism: 'CRAM-MD5', outcome: 'notOffered' },
  { title: 'a mechanism that is not there', mechanism: 'XOAUTH2', initial: 'AAAA', outcome: 'notOffered' },
  scram('SCRAM with a nonce that is not ours', 'refused', 'n,,n=taro,r=abc', 'c=biws,r=other,p=AAAA'),
  scram('SCRAM with the binding of a channel', 'malformed', 'p=tls-unique,,n=taro,r=abc'),
  scram('SCRAM with an extension that must be understood', 'malformed', 'n,,m=x,n=taro,r=abc'),
  scram('SCRAM that begins with its end', 'malformed', 'c=biws,r=abc,p=AAAA'),
]
