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
/** Of RFC 2195 §2. */
const DIGEST = 'b913a602c7eda7a495b4e6e7334d3890'
const cram = (title: string, answer: string, outcome: SaslAttempt['outcome']): SaslAttempt => ({
  title: `CRAM-MD5 with ${title}`,
  mechanism: 'CRAM-MD5',
  responses: [base64(answer)],
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
  { title: 'an unknown mechanism', mechanism: 'DIGEST-MD5', outcome: 'notOffered' },
  { title: 'a mechanism that is not there', mechanism: 'XOAUTH2', initial: 'AAAA', outcome: 'notOffered' },
  scram('SCRAM with a nonce that is not ours', 'refused', 'n,,n=taro,r=abc', 'c=biws,r=other,p=AAAA'),
  scram('SCRAM that was not shown -PLUS', 'refused', 'y,,n=taro,r=abc', 'c=eSws,r=other,p=AAAA'),
  scram('SCRAM with the binding of a channel', 'malformed', 'p=tls-unique,,n=taro,r=abc'),
  scram('SCRAM with an extension that must be understood', 'malformed', 'n,,m=x,n=taro,r=abc'),
  scram('SCRAM that begins with its end', 'malformed', 'c=biws,r=abc,p=AAAA'),
  cram('no answer', '', 'malformed'),
  cram('a name without a digest', 'taro ', 'malformed'),
  cram('a digest without a name', ` ${DIGEST}`, 'malformed'),
  cram('a digest of 31 digits', `taro ${DIGEST.slice(1)}`, 'malformed'),
  cram('a digest of 33 digits', `taro ${DIGEST}0`, 'malformed'),
  cram('a digest in upper case', `taro ${DIGEST.toUpperCase()}`, 'malformed'),
  cram('a digest of another challenge', `taro ${DIGEST}`, 'refused'),
  cram('the password itself', `taro ${password}`, 'malformed'),
  cram('bytes that are no UTF-8', `\xff ${DIGEST}`, 'malformed'),
  {
    title: 'CRAM-MD5 that answers unasked',
    mechanism: 'CRAM-MD5',
    initial: base64(`taro ${DIGEST}`),
    outcome: 'malformed',
  },
  { title: 'CRAM-MD5 that is cancelled', mechanism: 'CRAM-MD5', responses: ['*'], outcome: 'malformed' },
]
