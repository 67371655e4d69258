/**
 * One attempt for each thing that the doctor can say: what a mail program with that fault does on the wire. Attempts
 * without a login come from addresses of their own, because the engine keeps only ten of them a minute for each.
 */
import { connect as connectTcp } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { createMailbox, issueCredential, revokeCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import type { DiagnosisId } from '#lib/doctor/diagnoses.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { apopDigest, stampOf } from '#tests/support/challenge-logins.ts'
import type { TestEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { fakeVirus } from '#tests/support/fake-clamd.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import type { TestCredential, TestSubscriber } from '#tests/support/mailbox.ts'
import { visitWithOpenssl } from '#tests/support/openssl.ts'
import { changePolicy } from '#tests/support/people.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { scramClient } from '#tests/support/scram-client.ts'
import {
  loggedInClient,
  logIn,
  plainResponse,
  sendMessage,
  smtpClient,
  submissionClient,
  submissionsClient,
} from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

export type Stage = {
  readonly engine: TestEngine
  /** sends by SMTP AUTH */
  readonly taro: TestSubscriber
  /** sends by POP before SMTP */
  readonly hanako: TestSubscriber
}

export type DoctorCase = {
  readonly expected: DiagnosisId
  readonly name: string
  readonly who?: 'taro' | 'hanako'
  /** where the reader looks from; 127.0.0.1 unless the attempt comes from elsewhere */
  readonly from?: string
  readonly attempt: (stage: Stage, from: string) => Promise<void>
}

export const secondDomain = 'second.example'

export function doctorPolicy({ popBeforeSmtp, connections, listeners, loginLimits }: PolicyDocument): void {
  popBeforeSmtp.sharedFromMailboxes = 1_000
  popBeforeSmtp.sharedNetworks = ['127.0.3.0/24']
  popBeforeSmtp.maxMessagesPerWindow = 1
  connections.unlimitedNetworks = ['127.0.0.0/16']
  connections.maxSmtpPerAddress = 1
  loginLimits.maxPerAddress = 3
  listeners.pop3s.mechanisms.push('APOP')
  listeners.submissionLegacy.requireTls = false
}

async function quit(client: WireClient): Promise<void> {
  await client.command('QUIT')
  client.close()
}

/** Says one thing in SMTP and goes. */
async function say(client: WireClient, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) await client.command(line)
  await quit(client)
}

type TlsVisit = ConnectionOptions & { readonly localAddress?: string }

/** A TLS client of its own kind, which says what it is given and goes. */
function tlsVisit(port: number, { localAddress, ...options }: TlsVisit, said = ''): Promise<void> {
  return new Promise((resolve) => {
    const plain = connectTcp({ port, host: '127.0.0.1', localAddress })
    const socket = connectTls({ socket: plain, rejectUnauthorized: false, ...options })
    socket.once('secureConnect', () => socket.end(said))
    socket.once('close', () => resolve())
    socket.once('error', () => resolve())
    socket.resume()
  })
}

async function plainVisit(port: number, localAddress: string, said: string): Promise<void> {
  const client = await WireClient.connect({ port, localAddress })
  if (said === '') client.endInput()
  else client.send(said)
  await client.rest()
  client.close()
}

/** Sends the head of a TLS record that promises more, and goes. */
function breakHandshake(port: number, localAddress: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connectTcp({ port, host: '127.0.0.1', localAddress }, () => {
      socket.end(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]))
    })
    socket.once('close', () => resolve())
    socket.once('error', () => resolve())
    socket.resume()
  })
}

const encoded = (text: string) => Buffer.from(text).toString('base64')

async function readByPop(stage: Stage): Promise<void> {
  const client = await Pop3Client.login(stage.engine, stage.hanako.credential)
  await client.quit()
}

async function tryToLogIn(engine: TestEngine, username: string, password: string): Promise<void> {
  await say(await submissionsClient(engine), `AUTH PLAIN ${plainResponse(username, password)}`)
}

async function freshCredential({ taro }: Stage, scopes: ('submission' | 'imap')[]): Promise<TestCredential> {
  const choice = { mailboxId: taro.id, label: 'fresh', clientId: null, scopes, expiresAt: null }
  const { credential, password } = await issueCredential(taro.actor, choice)
  return { ...credential, password }
}

async function sendByWindow({ engine, hanako }: Stage, localAddress?: string): Promise<void> {
  await say(await smtpClient(engine.ports.smtp, localAddress), `MAIL FROM:<${hanako.address}>`)
}

const forgetWindows = () => prisma().relayWindow.deleteMany()

/** Within a changed policy, from when the engine obeys it until it is as before. */
async function under(
  { engine }: Stage,
  change: (document: PolicyDocument) => void,
  back: (document: PolicyDocument) => void,
  attempt: () => Promise<void>,
): Promise<void> {
  await changePolicy(engine.operator, change)
  await delay(500)
  await attempt()
  await changePolicy(engine.operator, back)
}

async function asTaro({ engine, taro }: Stage, ...lines: readonly string[]): Promise<void> {
  const client = await loggedInClient(engine, taro.credential)
  await say(client, `MAIL FROM:<${taro.address}>`, ...lines)
}

async function refuseCertificate(port: number, serverName: string, options: readonly string[]): Promise<void> {
  await visitWithOpenssl({ port, serverName, options })
}

const farFuture = String(4_102_444_800)

export const doctorCases: readonly DoctorCase[] = [
  {
    expected: 'works',
    name: 'a message that is accepted',
    attempt: async ({ engine, taro }) => {
      const client = await submissionClient(engine)
      await logIn(client, taro.credential)
      await sendMessage(client, taro.address, taro.address)
      await quit(client)
    },
  },
  {
    expected: 'loggedIn',
    name: 'mail that is read by IMAP',
    attempt: async ({ engine, taro }) => (await ImapClient.login(engine, taro.credential)).logout(),
  },
  {
    expected: 'oldHost',
    name: 'a login at the old host, for which nobody asks there',
    attempt: async ({ engine }) => say(await smtpClient(engine.ports.mx), 'AUTH LOGIN'),
  },
  {
    expected: 'oldHost',
    name: 'sending through the old host without a login',
    attempt: async ({ engine, taro }) =>
      say(await smtpClient(engine.ports.mx), `MAIL FROM:<${taro.address}>`, 'RCPT TO:<friend@elsewhere.test>'),
  },
  {
    expected: 'wrongHost',
    name: 'smtp instead of smtpa, with a login that works',
    attempt: async ({ engine, taro }) => {
      const { username, password } = taro.credential
      const said = `EHLO client.example\r\nAUTH PLAIN ${plainResponse(username, password)}\r\nQUIT\r\n`
      await tlsVisit(engine.ports.submissions, { servername: 'smtp.infonia.ne.jp' }, said)
    },
  },
  {
    expected: 'authOnSmtp',
    name: 'AUTH at smtp',
    attempt: async ({ engine }) => say(await smtpClient(engine.ports.smtp), 'AUTH LOGIN'),
  },
  {
    expected: 'noTls',
    name: 'sending in clear, where no login is offered',
    attempt: async ({ engine, taro }) => say(await smtpClient(engine.ports.submission), `MAIL FROM:<${taro.address}>`),
  },
  {
    expected: 'noTls',
    name: 'receiving in clear by POP',
    attempt: async ({ engine, taro }) => {
      const client = await Pop3Client.connectPlainly(engine)
      await client.ask(`USER ${taro.credential.username}`)
      await client.quit()
    },
  },
  {
    expected: 'tlsTooOld',
    name: 'TLS 1.0',
    from: '127.0.10.1',
    attempt: ({ engine }, localAddress) =>
      tlsVisit(engine.ports.pop3s, {
        localAddress,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
  },
  {
    expected: 'tlsFailed',
    name: 'a handshake that is broken off in its middle',
    from: '127.0.10.9',
    attempt: ({ engine }, from) => breakHandshake(engine.ports.imaps, from),
  },
  {
    expected: 'plainOnTlsPort',
    name: 'no encryption on 465: both sides wait for the other',
    from: '127.0.10.2',
    attempt: ({ engine }, from) => plainVisit(engine.ports.submissions, from, ''),
  },
  {
    expected: 'plainOnTlsPort',
    name: 'no encryption on 993, from a program that speaks first',
    from: '127.0.10.3',
    attempt: ({ engine }, from) => plainVisit(engine.ports.imaps, from, 'a1 CAPABILITY\r\n'),
  },
  {
    expected: 'tlsOnPlainPort',
    name: 'SSL/TLS on 587',
    from: '127.0.10.4',
    attempt: ({ engine }, localAddress) => tlsVisit(engine.ports.submission, { localAddress }),
  },
  {
    expected: 'wrongService',
    name: 'sending through the port of POP',
    from: '127.0.10.5',
    attempt: ({ engine }, from) => plainVisit(engine.ports.pop3, from, 'EHLO client.example\r\n'),
  },
  {
    expected: 'foreignProtocol',
    name: 'a browser on the port of SMTP',
    from: '127.0.10.6',
    attempt: ({ engine }, from) => plainVisit(engine.ports.submission, from, 'GET / HTTP/1.1\r\n'),
  },
  {
    expected: 'foreignProtocol',
    name: 'a browser on 465',
    from: '127.0.10.7',
    attempt: ({ engine }, from) => plainVisit(engine.ports.submissions, from, 'GET / HTTP/1.1\r\n\r\n'),
  },
  {
    expected: 'leftAtGreeting',
    name: 'IMAP on the port of POP: the greeting is not what it waits for',
    from: '127.0.10.8',
    attempt: async ({ engine }, localAddress) => {
      const client = await WireClient.connect({ port: engine.ports.pop3, localAddress })
      await client.until(/\+OK/)
      client.close()
    },
  },
  {
    expected: 'leftBeforeLogin',
    name: 'a program that asks what is offered and goes',
    attempt: async ({ engine }) => quit(await submissionsClient(engine)),
  },
  {
    expected: 'certificateRefused',
    name: 'an authority that the program does not know',
    attempt: ({ engine }) => refuseCertificate(engine.ports.imaps, 'pop.infonia.ne.jp', []),
  },
  {
    expected: 'certificateName',
    name: 'a name that the certificate does not have',
    attempt: ({ engine }) => refuseCertificate(engine.ports.imaps, 'mail.example', []),
  },
  {
    expected: 'certificateName',
    name: 'the same after STARTTLS, in a program that goes without a word',
    attempt: async ({ engine }) => {
      const client = await smtpClient(engine.ports.submission)
      await client.command('STARTTLS')
      await client.startTls(engine.authorityFile)
      client.endInput()
      await client.rest()
    },
  },
  {
    expected: 'clockWrong',
    name: 'a clock that is decades ahead',
    attempt: ({ engine }) =>
      refuseCertificate(engine.ports.pop3s, 'pop.infonia.ne.jp', [
        '-CAfile',
        engine.authorityFile,
        '-attime',
        farFuture,
      ]),
  },
  {
    expected: 'crowded',
    name: 'one connection too many',
    from: '127.1.0.1',
    attempt: async ({ engine }, localAddress) => {
      const first = await smtpClient(engine.ports.smtp, localAddress)
      await plainVisit(engine.ports.smtp, localAddress, '')
      first.close()
    },
  },
  {
    expected: 'authOff',
    name: 'sending without a login, encrypted',
    attempt: async ({ engine, taro }) => say(await submissionsClient(engine), `MAIL FROM:<${taro.address}>`),
  },
  {
    expected: 'ntlmTried',
    name: 'SPA',
    attempt: async ({ engine }) => say(await submissionsClient(engine), 'AUTH NTLM'),
  },
  {
    expected: 'ntlmTried',
    name: 'SPA in IMAP',
    attempt: async ({ engine }) => {
      const client = await ImapClient.connect(engine)
      await client.ask('AUTHENTICATE NTLM')
      await client.logout()
    },
  },
  {
    expected: 'oauthTried',
    name: 'XOAUTH2',
    attempt: async ({ engine }) => say(await submissionsClient(engine), 'AUTH XOAUTH2 dXNlcj0='),
  },
  {
    expected: 'challengeNotOffered',
    name: 'CRAM-MD5 where the policy has none',
    attempt: async ({ engine }) => say(await submissionsClient(engine), 'AUTH CRAM-MD5'),
  },
  {
    expected: 'methodNotOffered',
    name: 'a method of which this server has never heard',
    attempt: async ({ engine }) => say(await submissionsClient(engine), 'AUTH EXTERNAL ='),
  },
  {
    expected: 'channelMismatch',
    name: 'a login that is bound to another connection',
    attempt: async ({ engine, taro }) => {
      const { username, password } = taro.credential
      const binding = Buffer.alloc(32)
      const scram = scramClient({ name: username, password, header: 'p=tls-exporter,,', binding })
      const client = await submissionsClient(engine)
      const first = await client.command(`AUTH SCRAM-SHA-256-PLUS ${encoded(scram.clientFirst)}`)
      const challenge = Buffer.from(first.slice('334 '.length), 'base64').toString()
      await say(client, encoded(scram.answer(challenge).clientFinal))
    },
  },
  {
    expected: 'secretNotRecoverable',
    name: 'APOP with a password that is not kept',
    attempt: async ({ engine, taro }) => {
      const wire = await WireClient.connectTls({ port: engine.ports.pop3s }, engine.authorityFile)
      const stamp = stampOf(await wire.until(/\r\n/))
      wire.send(`APOP ${taro.credential.username} ${apopDigest(stamp, taro.credential.password)}\r\nQUIT\r\n`)
      await wire.rest()
      wire.close()
    },
  },
  {
    expected: 'userNameNeedsDomain',
    name: 'a bare user name, where the mailbox is in another domain (※1)',
    attempt: async (stage) => {
      const { customerId } = stage.taro.actor
      const address = `jiro@${secondDomain}`
      const box = { customerId, address, displayName: 'jiro', popBeforeSmtp: false }
      await prisma().$transaction((transaction) => createMailbox(transaction, box))
      await tryToLogIn(stage.engine, 'jiro', 'whatever')
    },
  },
  {
    expected: 'userNameWrongDomain',
    name: 'the right name at a domain that is not ours',
    attempt: ({ engine }) => tryToLogIn(engine, 'taro@elsewhere.example', 'whatever'),
  },
  {
    expected: 'userNameUnknown',
    name: 'a name that nobody has',
    attempt: ({ engine }) => tryToLogIn(engine, 'Taro Yamada', 'whatever'),
  },
  {
    expected: 'wrongPassword',
    name: 'a wrong password',
    attempt: ({ engine, taro }) => tryToLogIn(engine, taro.credential.username, 'wrong'),
  },
  {
    expected: 'credentialRevoked',
    name: 'a password that was revoked',
    attempt: async (stage) => {
      const { id, username, password } = await freshCredential(stage, ['submission'])
      await revokeCredential(stage.taro.actor, { credentialId: id })
      await tryToLogIn(stage.engine, username, password)
    },
  },
  {
    expected: 'credentialExpired',
    name: 'a password that has run out',
    attempt: async (stage) => {
      const { id, username, password } = await freshCredential(stage, ['submission'])
      await prisma().credential.update({ where: { id }, data: { expiresAt: new Date(0) } })
      await tryToLogIn(stage.engine, username, password)
    },
  },
  {
    expected: 'wrongScope',
    name: 'a password for receiving, used for sending',
    attempt: async (stage) => {
      const { username, password } = await freshCredential(stage, ['imap'])
      await tryToLogIn(stage.engine, username, password)
    },
  },
  {
    expected: 'mailboxSuspended',
    name: 'a mailbox that is suspended',
    attempt: async ({ engine, taro }) => {
      await prisma().mailbox.update({ where: { id: taro.id }, data: { suspendedAt: new Date() } })
      await tryToLogIn(engine, taro.credential.username, taro.credential.password)
      await prisma().mailbox.update({ where: { id: taro.id }, data: { suspendedAt: null } })
    },
  },
  {
    expected: 'blockedForNow',
    name: 'wrong passwords until the counter says stop',
    attempt: async ({ engine, taro }) => {
      for (const password of ['one', 'two', 'three', 'four', 'five']) {
        await tryToLogIn(engine, taro.credential.username, password)
      }
    },
  },
  {
    expected: 'popBeforeSmtpDisabled',
    name: 'smtp while the operator has POP before SMTP turned off',
    who: 'hanako',
    attempt: (stage) =>
      under(
        stage,
        ({ popBeforeSmtp }) => Object.assign(popBeforeSmtp, { enabled: false }),
        ({ popBeforeSmtp }) => Object.assign(popBeforeSmtp, { enabled: true }),
        () => sendByWindow(stage),
      ),
  },
  {
    expected: 'popBeforeSmtpNotChosen',
    name: 'smtp, for a mailbox that sends by SMTP AUTH',
    attempt: async ({ engine, taro }) => say(await smtpClient(engine.ports.smtp), `MAIL FROM:<${taro.address}>`),
  },
  {
    expected: 'sentBeforeReceiving',
    name: 'sending before receiving',
    who: 'hanako',
    attempt: async (stage) => {
      await forgetWindows()
      await prisma().protocolEvent.deleteMany()
      await sendByWindow(stage)
    },
  },
  {
    expected: 'windowExpired',
    name: 'sending when the ten minutes are over',
    who: 'hanako',
    attempt: async (stage) => {
      await readByPop(stage)
      await prisma().relayWindow.updateMany({
        data: { openedAt: new Date(Date.now() - 700_000), expiresAt: new Date(Date.now() - 100_000) },
      })
      await sendByWindow(stage)
      await delay(200)
    },
  },
  {
    expected: 'receivedElsewhere',
    name: 'receiving over one line and sending over another',
    who: 'hanako',
    attempt: async (stage) => {
      await readByPop(stage)
      await sendByWindow(stage, '127.0.0.2')
    },
  },
  {
    expected: 'receivedByImap',
    name: 'receiving by IMAP, which opens no window',
    who: 'hanako',
    attempt: async (stage) => {
      await forgetWindows()
      await (await ImapClient.login(stage.engine, stage.hanako.credential)).logout()
      await sendByWindow(stage)
    },
  },
  {
    expected: 'sharedAddress',
    name: 'POP before SMTP at an address that many share',
    who: 'hanako',
    attempt: (stage) => sendByWindow(stage, '127.0.3.1'),
  },
  {
    expected: 'sendingLimit',
    name: 'more messages than a window takes',
    who: 'hanako',
    attempt: async (stage) => {
      const { engine, hanako } = stage
      await forgetWindows()
      await readByPop(stage)
      const client = await smtpClient(engine.ports.smtp)
      await sendMessage(client, hanako.address, hanako.address)
      await sendMessage(client, hanako.address, hanako.address)
      await quit(client)
    },
  },
  {
    expected: 'senderNotOwned',
    name: 'a sender that is somebody else',
    attempt: async ({ engine, taro, hanako }) =>
      say(await loggedInClient(engine, taro.credential), `MAIL FROM:<${hanako.address}>`),
  },
  {
    expected: 'recipientUnknown',
    name: 'a recipient that does not exist here',
    attempt: (stage) => asTaro(stage, 'RCPT TO:<nobody@infonia.ne.jp>'),
  },
  {
    expected: 'recipientFull',
    name: 'a recipient whose mailbox is full',
    attempt: async (stage) => {
      const { id, address } = stage.hanako
      const { quotaBytes } = await prisma().mailbox.findUniqueOrThrow({ where: { id } })
      await prisma().mailbox.update({ where: { id }, data: { quotaBytes: 1 } })
      await eventually(() => asTaro(stage, `RCPT TO:<${address}>`))
      await prisma().mailbox.update({ where: { id }, data: { quotaBytes } })
    },
  },
  {
    expected: 'messageTooLarge',
    name: 'a message that is too large',
    attempt: async ({ engine, taro }) =>
      say(await loggedInClient(engine, taro.credential), `MAIL FROM:<${taro.address}> SIZE=900000000`),
  },
  {
    expected: 'cutOffWhileSending',
    name: 'a connection that breaks in the middle of a message',
    attempt: async ({ engine, taro }) => {
      const client = await loggedInClient(engine, taro.credential)
      for (const line of [`MAIL FROM:<${taro.address}>`, `RCPT TO:<${taro.address}>`, 'DATA'])
        await client.command(line)
      client.send('Subject: half\r\n')
      client.close()
    },
  },
  {
    expected: 'tooManyRecipients',
    name: 'more recipients than one message takes',
    attempt: (stage) => asTaro(stage, ...Array.from({ length: 101 }, () => `RCPT TO:<${stage.hanako.address}>`)),
  },
  {
    expected: 'sendingHeld',
    name: 'a mailbox whose sending is on hold',
    attempt: async (stage) => {
      const { engine, taro } = stage
      await prisma().mailbox.update({ where: { id: taro.id }, data: { sendingHeldAt: new Date() } })
      const client = await loggedInClient(engine, taro.credential)
      await sendMessage(client, taro.address, taro.address)
      await quit(client)
      await prisma().mailbox.update({ where: { id: taro.id }, data: { sendingHeldAt: null } })
    },
  },
  {
    expected: 'virusFound',
    name: 'an attachment with a virus',
    attempt: async ({ engine, taro }) => {
      const client = await loggedInClient(engine, taro.credential)
      await sendMessage(client, taro.address, taro.address, `From: <${taro.address}>\r\n\r\n${fakeVirus}\r\n`)
      await quit(client)
    },
  },
  {
    expected: 'serviceTrouble',
    name: 'a door that the operator has closed',
    from: '127.0.10.10',
    attempt: (stage, from) =>
      under(
        stage,
        ({ listeners }) => Object.assign(listeners.pop3, { enabled: false }),
        ({ listeners }) => Object.assign(listeners.pop3, { enabled: true }),
        () => plainVisit(stage.engine.ports.pop3, from, ''),
      ),
  },
  {
    expected: 'otherRefusal',
    name: 'a message with bytes that no mail may have',
    attempt: async ({ engine, taro }) => {
      const client = await loggedInClient(engine, taro.credential)
      await sendMessage(client, taro.address, taro.address, `From: <${taro.address}>\r\n\r\nNUL: \0\r\n`)
      await quit(client)
    },
  },
]
