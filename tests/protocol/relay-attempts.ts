/**
 * Ways to make a mail server pass on a stranger's mail. The first sixteen are those of nmap's smtp-open-relay.
 * An attempt may have several forms; each is said on a connection of its own.
 */

export const L = 'infonia.ne.jp'
export const R = 'elsewhere.example'
const H = 'mx.infonia.ne.jp'
const IP = '127.0.0.1'

export type RelayForm = {
  /** bytes before EHLO */
  readonly preface?: string
  /** said after EHLO, each after the answer to the one before */
  readonly lines: readonly string[]
  /** somebody is logged in over another connection meanwhile */
  readonly beside?: boolean
}

export type RelayAttempt = {
  readonly title: string
  readonly forms: readonly RelayForm[]
  /** the answer of mx to the line that matters; the other doors refuse at MAIL */
  readonly mx: RegExp
}

const denied = /^550 5\.7\.1 /
const unknown = /^550 5\.1\.1 /
const noAddress = /^501 5\.(1\.3|5\.4) /

const path = (sender: string, recipient: string): RelayForm => ({
  lines: [`MAIL FROM:<${sender}>`, `RCPT TO:<${recipient}>`],
})
const attempt = (title: string, mx: RegExp, ...forms: RelayForm[]): RelayAttempt => ({ title, mx, forms })
const literal = (title: string, recipient: string, mx: RegExp) => attempt(title, mx, path(`a@[${IP}]`, recipient))
const stranger = (title: string, recipient: string, mx: RegExp) => attempt(title, mx, path(`a@${R}`, recipient))

const wrongLogin = `AUTH PLAIN ${Buffer.from('\0taro\0wrong').toString('base64')}`
const envelope = [`MAIL FROM:<taro@${L}>`, `RCPT TO:<x@${R}>`]
// With a line end of ours, so that EHLO is not read as its tail.
const proxyTwo = Buffer.concat([
  Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1'),
  Buffer.from([0x21, 0x11, 0, 12, 127, 0, 0, 1, 127, 0, 0, 1, 0x9c, 0x40, 0, 25, 0x0d, 0x0a]),
]).toString('latin1')

export const relayAttempts: readonly RelayAttempt[] = [
  attempt('as nobody', denied, path('', `x@${R}`)),
  attempt('from one stranger to another', denied, path(`a@${R}`, `x@${R}`)),
  attempt('from the server itself', denied, path(`a@${H}`, `x@${R}`)),
  literal('from the address of the server', `x@${R}`, denied),
  literal('percent sign at the address of the server', `x%${R}@[${IP}]`, denied),
  literal('percent sign at the name of the server', `x%${R}@${H}`, denied),
  literal('the whole address in quotes', `"x@${R}"`, noAddress),
  literal('percent sign in quotes', `"x%${R}"`, noAddress),
  literal('two domains, the second the address of the server', `x@${R}@[${IP}]`, noAddress),
  literal('a quoted address at the address of the server', `"x@${R}"@[${IP}]`, denied),
  literal('two domains, the second the name of the server', `x@${R}@${H}`, noAddress),
  literal('a route through the address of the server', `@[${IP}]:x@${R}`, denied),
  literal('a route through the name of the server', `@${H}:x@${R}`, denied),
  literal('a bang path', `${R}!x`, noAddress),
  literal('a bang path at the address of the server', `${R}!x@[${IP}]`, denied),
  literal('a bang path at the name of the server', `${R}!x@${H}`, denied),
  attempt('from localhost', denied, path('a@localhost', `x@${R}`)),
  attempt('from a name without a domain', /^553 5\.1\.7 /, path('a', `x@${R}`)),
  attempt('as a subscriber who has not logged in', denied, path(`taro@${L}`, `x@${R}`)),
  attempt('as the postmaster', denied, path(`postmaster@${L}`, `x@${R}`)),
  stranger('percent sign at a hosted domain', `x%${R}@${L}`, unknown),
  stranger('a quoted address at a hosted domain', `"x@${R}"@${L}`, unknown),
  stranger('a route through a hosted domain', `@${L}:x@${R}`, denied),
  stranger('a dot at the end of the domain', `x@${R}.`, /^(?:550 5\.7\.1|501 5\.1\.3) /),
  attempt('loopback as a domain', denied, path(`a@${R}`, 'x@[IPv6:::1]'), path(`a@${R}`, `x@[${IP}]`)),
  attempt('a second domain behind NUL or @', noAddress, path(`a@${R}`, `x@${L}\0@${R}`), path(`a@${R}`, `x@${L}@${R}`)),
  attempt(
    'two addresses in one RCPT',
    noAddress,
    path(`a@${R}`, `taro@${L}>,<y@${R}`),
    path(`a@${R}`, `taro@${L}> <y@${R}`),
  ),
  stranger('below a hosted domain', `x@nothosted.${L}`, denied),
  attempt(
    'letters that look like others',
    /^(?:501 5\.1\.3|550 5\.7\.1) /,
    path(`a@${R}`, `x\xef\xbc\xa0${R}`),
    { lines: [`MAIL FROM:<a@${R}> SMTPUTF8`, `RCPT TO:<x\xef\xbc\xa0${R}>`] },
    { lines: [`MAIL FROM:<a@${R}> SMTPUTF8`, 'RCPT TO:<taro@\xd1\x96nfonia.ne.jp>'] },
    { lines: [`MAIL FROM:<a@${R}> SMTPUTF8`, 'RCPT TO:<taro@\xef\xbd\x89nfonia.ne.jp>'] },
  ),
  attempt(
    'with the login of another connection, or a failed one',
    denied,
    { beside: true, lines: envelope },
    { lines: [wrongLogin, 'RSET', ...envelope] },
    { lines: [wrongLogin, 'EHLO again.example', ...envelope] },
  ),
  attempt('with a login that MAIL only claims', denied, {
    lines: [`MAIL FROM:<taro@${L}> AUTH=taro@${L}`, `RCPT TO:<x@${R}>`],
  }),
  attempt(
    'as a proxy that speaks for loopback',
    denied,
    { lines: [`XCLIENT ADDR=${IP} LOGIN=taro`, ...envelope] },
    { lines: [`XFORWARD ADDR=${IP}`, ...envelope] },
    { preface: `PROXY TCP4 ${IP} ${IP} 40000 25\r\n`, lines: envelope },
    { preface: proxyTwo, lines: envelope },
  ),
]
