/** Old servers that send rubbish, lie, or hang up: a reason that people can read, and no message taken for another. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { openImapSource } from '#lib/engine/migration/imap-source.ts'
import { openPop3Source } from '#lib/engine/migration/pop3-source.ts'
import { type MailSource, SourceFailed } from '#lib/engine/migration/source.ts'
import type { SourceAccess } from '#lib/engine/migration/source-access.ts'
import { matrix } from '#tests/support/matrix.ts'
import { type ScriptedAnswer, startScriptedServer } from '#tests/support/scripted-server.ts'

type Protocol = 'imap' | 'pop3'
/** Takes the place of the usual answer to the commands that begin so. */
type Twist = Readonly<Record<string, string | null | { readonly text: string; readonly hangUp: true }>>

type Case = {
  readonly name: string
  readonly protocol: Protocol
  readonly greeting?: string | null
  readonly twist?: Twist
  readonly tls?: SourceAccess['tls']
  /** a problem, or what came through: "key:content" of each message */
  readonly comes: string | readonly string[]
}

const LETTER = 'Subject: a\r\n\r\n.dot\r\n'
const IMAP_LETTER = `* 1 FETCH (UID 7 FLAGS (\\Seen) INTERNALDATE "01-Jan-2020 00:00:00 +0000" BODY[] {${LETTER.length}}\r\n${LETTER})\r\n`
const LISTED = '* 1 FETCH (UID 7 FLAGS (\\Seen) RFC822.SIZE 20)\r\n'

const usualImap: Twist = {
  CAPABILITY: '* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n',
  LOGIN: 'TAG OK in\r\n',
  LIST: '* LIST (\\HasNoChildren) "/" INBOX\r\nTAG OK done\r\n',
  LSUB: 'TAG OK done\r\n',
  STATUS: '* STATUS INBOX (MESSAGES 1)\r\nTAG OK done\r\n',
  EXAMINE:
    '* FLAGS (\\Seen)\r\n* 1 EXISTS\r\n* OK [UIDVALIDITY 5] v\r\n* OK [UIDNEXT 8] n\r\nTAG OK [READ-ONLY] done\r\n',
  FETCH: `${LISTED}TAG OK done\r\n`,
  'UID FETCH': `${IMAP_LETTER}TAG OK done\r\n`,
  LOGOUT: '* BYE bye\r\nTAG OK done\r\n',
}

const usualPop3: Twist = {
  USER: '+OK\r\n',
  PASS: '+OK\r\n',
  LIST: '+OK\r\n1 20\r\n.\r\n',
  UIDL: '+OK\r\n1 abc\r\n.\r\n',
  RETR: `+OK\r\n${LETTER.replace('.dot', '..dot')}.\r\n`,
  QUIT: '+OK\r\n',
}

const endless = 'x'.repeat(3_000_000)
const nested = `* 1 FETCH (${'('.repeat(5_000)}\r\nTAG OK done\r\n`
const literal = (text: string) => ({ text, hangUp: true }) as const

const cases: readonly Case[] = [
  { name: 'nothing strange', protocol: 'imap', comes: [`7:${LETTER}`] },
  { name: 'hangs up at once', protocol: 'imap', greeting: null, comes: 'connectionLost' },
  { name: 'a wrong password', protocol: 'imap', twist: { LOGIN: 'TAG NO no\r\n' }, comes: 'loginRefused' },
  { name: 'hangs up at the login', protocol: 'imap', twist: { LOGIN: null }, comes: 'connectionLost' },
  { name: 'hangs up at the list', protocol: 'imap', twist: { LIST: null }, comes: 'connectionLost' },
  { name: 'hangs up at the folder', protocol: 'imap', twist: { EXAMINE: null }, comes: 'connectionLost' },
  {
    name: 'hangs up in a message',
    protocol: 'imap',
    twist: { 'UID FETCH': literal(IMAP_LETTER.slice(0, -9)) },
    comes: 'connectionLost',
  },
  { name: 'a line without an end', protocol: 'imap', twist: { LIST: endless }, comes: 'protocolBroken' },
  {
    name: 'a literal of 4 GB',
    protocol: 'imap',
    twist: { 'UID FETCH': '* 1 FETCH (UID 7 BODY[] {4294967295}\r\nx' },
    comes: 'protocolBroken',
  },
  {
    name: 'a folder that cannot be opened',
    protocol: 'imap',
    twist: { EXAMINE: 'TAG NO no\r\n' },
    comes: 'folderUnreadable',
  },
  {
    name: 'a folder without UIDVALIDITY',
    protocol: 'imap',
    twist: { EXAMINE: '* 1 EXISTS\r\nTAG OK done\r\n' },
    comes: 'folderUnreadable',
  },
  {
    name: 'a message without a UID',
    protocol: 'imap',
    twist: { FETCH: '* 1 FETCH (FLAGS ())\r\nTAG OK done\r\n' },
    comes: 'folderUnreadable',
  },
  {
    name: 'UID 0',
    protocol: 'imap',
    twist: { FETCH: '* 1 FETCH (UID 0 FLAGS ())\r\nTAG OK done\r\n' },
    comes: 'folderUnreadable',
  },
  {
    name: 'a UID twice',
    protocol: 'imap',
    twist: { FETCH: `${LISTED}${LISTED}TAG OK done\r\n` },
    comes: [`7:${LETTER}`],
  },
  {
    name: 'a message twice',
    protocol: 'imap',
    twist: { 'UID FETCH': `${IMAP_LETTER}${IMAP_LETTER}TAG OK done\r\n` },
    comes: [`7:${LETTER}`],
  },
  {
    name: 'a message that nobody asked for',
    protocol: 'imap',
    twist: { 'UID FETCH': `${IMAP_LETTER.replace('UID 7', 'UID 9')}TAG OK done\r\n` },
    comes: [],
  },
  { name: 'parentheses without an end', protocol: 'imap', twist: { FETCH: nested }, comes: 'folderUnreadable' },
  { name: 'no STARTTLS where it must be', protocol: 'imap', tls: 'STARTTLS', comes: 'tlsFailed' },
  { name: 'nothing strange', protocol: 'pop3', comes: [`abc:${LETTER}`] },
  { name: 'hangs up at once', protocol: 'pop3', greeting: null, comes: 'connectionLost' },
  { name: 'a greeting of another protocol', protocol: 'pop3', greeting: '220 hello\r\n', comes: 'protocolBroken' },
  { name: 'a wrong password', protocol: 'pop3', twist: { PASS: '-ERR no\r\n' }, comes: 'loginRefused' },
  { name: 'hangs up at the login', protocol: 'pop3', twist: { PASS: null }, comes: 'connectionLost' },
  { name: 'hangs up in a listing', protocol: 'pop3', twist: { UIDL: literal('+OK\r\n1 a') }, comes: 'connectionLost' },
  {
    name: 'hangs up in a message',
    protocol: 'pop3',
    twist: { RETR: literal('+OK\r\nSubject: a\r\n') },
    comes: 'connectionLost',
  },
  { name: 'a line without an end', protocol: 'pop3', twist: { LIST: `+OK\r\n${endless}` }, comes: 'protocolBroken' },
  {
    name: 'a listing that is none',
    protocol: 'pop3',
    twist: { LIST: '+OK\r\nrubbish\r\n.\r\n' },
    comes: 'protocolBroken',
  },
  { name: 'no UIDL', protocol: 'pop3', twist: { UIDL: '-ERR what\r\n' }, comes: 'protocolBroken' },
  {
    name: 'a UIDL twice',
    protocol: 'pop3',
    twist: { LIST: '+OK\r\n1 20\r\n2 20\r\n.\r\n', UIDL: '+OK\r\n1 abc\r\n2 abc\r\n.\r\n' },
    comes: [`abc:${LETTER}`],
  },
  {
    name: 'a UIDL of 500 letters',
    protocol: 'pop3',
    twist: { UIDL: `+OK\r\n1 ${'u'.repeat(500)}\r\n.\r\n` },
    comes: [],
  },
  { name: 'a message that it will not give', protocol: 'pop3', twist: { RETR: '-ERR locked\r\n' }, comes: [] },
  {
    name: 'no STLS where it must be',
    protocol: 'pop3',
    tls: 'STARTTLS',
    twist: { STLS: '-ERR no\r\n' },
    comes: 'tlsFailed',
  },
]

describe('old servers', () => {
  const figure = matrix('migration-hostile', 'Old servers that lied, broke or hung up: mail lost or mixed up')
  for (const each of cases) {
    figure.check(`${each.protocol}: ${each.name}`, async () => {
      const { protocol, greeting = protocol === 'imap' ? '* OK hello\r\n' : '+OK hello\r\n' } = each
      const server = await startScriptedServer(greeting, (line) => answerOf(each, line))
      try {
        assert.deepEqual(await outcome(protocol, accessTo(server.port, each.tls ?? 'NONE')), each.comes)
        if (each.comes === 'tlsFailed') assert.ok(!server.lines.some((line) => /secret|PASS|LOGIN/.test(line)))
      } finally {
        await server.stop()
      }
    })
  }
})

function answerOf({ protocol, twist = {} }: Case, line: string): ScriptedAnswer {
  const isImap = protocol === 'imap'
  const [tag = ''] = line.split(' ', 1)
  const command = (isImap ? line.slice(tag.length + 1) : line).toUpperCase()
  const answers = { ...(isImap ? usualImap : usualPop3), ...twist }
  const known = Object.keys(answers).find((name) => command.startsWith(name))
  const answer = known === undefined ? (isImap ? 'TAG BAD what\r\n' : '-ERR what\r\n') : (answers[known] ?? null)
  return typeof answer === 'string' ? answer.replaceAll('TAG ', `${tag} `) : answer
}

function accessTo(port: number, tls: SourceAccess['tls']): SourceAccess {
  return { host: '127.0.0.1', imapPort: port, pop3Port: port, tls, authority: '', user: 'taro', password: 'secret' }
}

async function outcome(protocol: Protocol, access: SourceAccess): Promise<string | string[]> {
  let source: MailSource | null = null
  try {
    source = await (protocol === 'imap' ? openImapSource(access) : openPop3Source(access))
    const [folder] = await source.listFolders()
    assert.ok(folder)
    const { entries } = await source.openFolder(folder)
    const messages: string[] = []
    for await (const { entry, content } of source.fetch(entries)) {
      messages.push(`${entry.key}:${content.toString('latin1')}`)
    }
    return messages
  } catch (error) {
    if (error instanceof SourceFailed) return error.problem
    throw error
  } finally {
    await source?.close()
  }
}
