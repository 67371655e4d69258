/** Command line clients that receive: each gets a server and a way to log in, and keeps what it got in its home. */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientRun, runClient } from './run-client.ts'

export type Receiving = {
  readonly protocol: 'pop3' | 'imap'
  readonly port: number
  readonly tls: 'starttls' | 'implicit'
  readonly authorityFile: string
  /** as the engine names it: a SASL mechanism, "USER/PASS" or "LOGIN command" */
  readonly login: { readonly mechanism: string; readonly username: string; readonly password: string }
}

/** `got`: the message as the client keeps it, with line feeds; empty when it got none. */
export type ReceivingRun = ClientRun & { readonly got: string }

export type ReceiveWith = (home: string, receiving: Receiving) => Promise<ReceivingRun>

const withLineFeeds = (text: string) => text.replaceAll('\r\n', '\n')

function contentOf(file: string): string {
  return existsSync(file) ? withLineFeeds(readFileSync(file, 'latin1')) : ''
}

function contentOfMaildir(maildir: string): string {
  const files = ['new', 'cur'].flatMap((part) => {
    const directory = join(maildir, part)
    return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : []
  })
  return files.map(contentOf).join('')
}

function writeSettings(home: string, lines: readonly string[]): string {
  const file = join(home, 'settings')
  writeFileSync(file, `${lines.join('\n')}\n`)
  chmodSync(file, 0o600)
  return file
}

/** The first message. */
export const curl: ReceiveWith = (home, receiving) =>
  runCurl(home, receiving, receiving.protocol === 'pop3' ? '1' : 'INBOX;MAILINDEX=1')

/** POP3: the messages with their sizes; IMAP: the folders. */
export const curlList: ReceiveWith = (home, receiving) => runCurl(home, receiving, '')

async function runCurl(home: string, receiving: Receiving, path: string): Promise<ReceivingRun> {
  const { protocol, port, tls, authorityFile, login } = receiving
  const scheme = tls === 'implicit' ? `${protocol}s` : protocol
  const file = join(home, 'download')
  const run = await runClient(
    'curl',
    [
      ...['-sS', '--ssl-reqd', '--cacert', authorityFile, '--output', file],
      ...[
        '--login-options',
        `AUTH=${login.mechanism === 'APOP' ? '+APOP' : login.mechanism}`,
        '--user',
        `${login.username}:${login.password}`,
      ],
      `${scheme}://localhost:${port}/${path}`,
    ],
    { home },
  )
  return { ...run, got: contentOf(file) }
}

function fetchmailLogin(protocol: Receiving['protocol'], mechanism: string): string {
  if (mechanism === 'APOP') return 'protocol apop uidl'
  const authentication = mechanism === 'CRAM-MD5' ? 'cram-md5' : 'password'
  return `protocol ${protocol} ${protocol === 'pop3' ? 'uidl' : ''} auth ${authentication}`
}

/** It may be run twice in one home: it remembers what it has fetched. */
export const fetchmail: ReceiveWith = async (home, { protocol, port, tls, authorityFile, login }) => {
  const mailFile = join(home, 'mail')
  const settings = writeSettings(home, [
    `poll localhost service ${port} ${fetchmailLogin(protocol, login.mechanism)}`,
    `  username "${login.username}" password "${login.password}"`,
    `  ${tls === 'implicit' ? 'ssl' : 'sslproto tls1.2+'} sslcertck sslcertfile "${authorityFile}"`,
    `  keep ${protocol === 'imap' ? 'fetchall' : ''} no rewrite mda "cat >> '${mailFile}'"`,
  ])
  const files = ['--fetchmailrc', settings, '--pidfile', join(home, 'pid'), '--idfile', join(home, 'ids')]
  const run = await runClient('fetchmail', files, { home })
  return { ...run, got: contentOf(mailFile) }
}

export const mpop: ReceiveWith = async (home, { port, tls, authorityFile, login }) => {
  const mailFile = join(home, 'mail')
  const settings = writeSettings(home, [
    'account default',
    `host localhost\nport ${port}`,
    `auth ${login.mechanism === 'USER/PASS' ? 'user' : login.mechanism.toLowerCase()}`,
    `user ${login.username}\npassword ${login.password}`,
    `tls on\ntls_starttls ${tls === 'starttls' ? 'on' : 'off'}\ntls_trust_file ${authorityFile}`,
    `keep on\nuidls_file ${join(home, 'uidls')}\nreceived_header off\ndelivery mbox ${mailFile}`,
  ])
  const run = await runClient('mpop', ['--file', settings], { home })
  return { ...run, got: contentOf(mailFile) }
}

/** mutt reads only on a terminal; script is one. It copies all messages into a file and leaves. */
export const mutt: ReceiveWith = async (home, { protocol, port, tls, authorityFile, login }) => {
  const mailFile = join(home, 'mail')
  const kind = protocol === 'pop3' ? 'pop' : 'imap'
  const settings = writeSettings(home, [
    `set ${kind}_user="${login.username}" ${kind}_pass="${login.password}"`,
    `set ${kind}_authenticators="${login.mechanism === 'USER/PASS' ? 'user' : login.mechanism.toLowerCase()}"`,
    `set ssl_starttls=yes ssl_force_tls=yes ssl_ca_certificates_file="${authorityFile}"`,
    'set confirmcreate=no confirmappend=no wait_key=no quit=yes sleep_time=0 delete=no',
    `set folder="${home}" spoolfile="${mailFile}" header_cache="${join(home, 'headers')}"`,
    'set imap_condstore=yes imap_qresync=yes',
    `push '<tag-pattern>~A<enter><tag-prefix><copy-message><kill-line>${mailFile}<enter><exit>'`,
  ])
  const url = `${tls === 'implicit' ? `${kind}s` : kind}://localhost:${port}/${protocol === 'imap' ? 'INBOX' : ''}`
  const run = await runClient('script', ['-qec', `mutt -n -F '${settings}' -R -f '${url}'`, '/dev/null'], {
    home,
    environment: { TERM: 'xterm' },
  })
  return { ...run, got: contentOf(mailFile) }
}

export const mbsync: ReceiveWith = (home, receiving) => runMbsync(home, receiving, 'Create Near\nSync Pull')

/** What is new, changed or gone on one side becomes so on the other. */
export const mbsyncBothWays: ReceiveWith = (home, receiving) =>
  runMbsync(home, receiving, 'Create Near\nSync All\nExpunge Both')

async function runMbsync(home: string, receiving: Receiving, way: string): Promise<ReceivingRun> {
  const { port, tls, authorityFile, login } = receiving
  const settings = writeSettings(home, [
    `IMAPAccount portal\nHost localhost\nPort ${port}`,
    `User ${login.username}\nPass ${login.password}`,
    `AuthMechs ${login.mechanism === 'LOGIN command' ? 'LOGIN' : login.mechanism}`,
    `SSLType ${tls === 'implicit' ? 'IMAPS' : 'STARTTLS'}\nSystemCertificates no\nCertificateFile ${authorityFile}`,
    '\nIMAPStore far\nAccount portal',
    `\nMaildirStore near\nInbox ${join(home, 'inbox')}`,
    '\nChannel inbox\nFar :far:\nNear :near:',
    way,
    'SyncState *',
  ])
  const run = await runClient('mbsync', ['--config', settings, 'inbox'], { home })
  return { ...run, got: contentOfMaildir(join(home, 'inbox')) }
}

export const offlineimap: ReceiveWith = async (home, { port, tls, authorityFile, login }) => {
  const maildir = join(home, 'maildir')
  const mechanism = login.mechanism === 'LOGIN command' ? 'LOGIN' : login.mechanism
  const settings = writeSettings(home, [
    `[general]\naccounts = portal\nmetadata = ${join(home, 'metadata')}\nui = basic`,
    '[Account portal]\nlocalrepository = near\nremoterepository = far',
    `[Repository near]\ntype = Maildir\nlocalfolders = ${maildir}`,
    '[Repository far]\ntype = IMAP\nreadonly = yes\nfolderfilter = lambda name: name == "INBOX"',
    `remotehost = localhost\nremoteport = ${port}\nauth_mechanisms = ${mechanism}`,
    `remoteuser = ${login.username}\nremotepass = ${login.password}`,
    `ssl = ${tls === 'implicit' ? 'yes' : 'no'}\nstarttls = ${tls === 'implicit' ? 'no' : 'yes'}`,
    `sslcacertfile = ${authorityFile}`,
  ])
  const run = await runClient('offlineimap', ['-c', settings, '-o', '-1'], { home })
  return { ...run, got: contentOfMaildir(join(maildir, 'INBOX')) }
}

/** Python's imaplib and poplib, as many a script uses them. */
export const python: ReceiveWith = async (home, { protocol, port, tls, authorityFile, login }) => {
  const file = join(home, 'download')
  const isImplicit = tls === 'implicit'
  const open = protocol === 'imap' ? ['imaplib', 'IMAP4', 'starttls'] : ['poplib', 'POP3', 'stls']
  const [library, name, startTls] = open
  const fetch = protocol === 'imap' ? imaplibFetch(login.mechanism) : poplibFetch(login.mechanism)
  const script = [
    `import ${library}, ssl, os`,
    `context = ssl.create_default_context(cafile=${JSON.stringify(authorityFile)})`,
    isImplicit
      ? `server = ${library}.${name}_SSL('localhost', ${port}, ${protocol === 'imap' ? 'ssl_context' : 'context'}=context)`
      : `server = ${library}.${name}('localhost', ${port})\nserver.${startTls}(${protocol === 'imap' ? 'ssl_context' : 'context'}=context)`,
    "user, password = os.environ['LOGIN_NAME'], os.environ['LOGIN_PASSWORD']",
    ...fetch,
    `open(${JSON.stringify(file)}, 'wb').write(message)`,
  ].join('\n')
  const environment = { LOGIN_NAME: login.username, LOGIN_PASSWORD: login.password }
  const run = await runClient('python3', ['-c', script], { home, environment })
  return { ...run, got: contentOf(file) }
}

function imaplibFetch(mechanism: string): string[] {
  const login: Readonly<Record<string, string>> = {
    'LOGIN command': 'server.login(user, password)',
    PLAIN: "server.authenticate('PLAIN', lambda _: ('\\0' + user + '\\0' + password).encode())",
    'CRAM-MD5': 'server.login_cram_md5(user, password)',
  }
  return [
    login[mechanism] ?? '',
    "server.select('INBOX', readonly=True)",
    "message = server.fetch('1', '(BODY.PEEK[])')[1][0][1]",
    'server.logout()',
  ]
}

function poplibFetch(mechanism: string): string[] {
  const login = mechanism === 'APOP' ? 'server.apop(user, password)' : 'server.user(user); server.pass_(password)'
  return [login, "message = b'\\r\\n'.join(server.retr(1)[1]) + b'\\r\\n'", 'server.quit()']
}

/** It has no STARTTLS. */
export const getmail: ReceiveWith = async (home, { protocol, port, authorityFile, login }) => {
  const mailFile = join(home, 'mail')
  const settings = writeSettings(home, [
    `[retriever]\ntype = Simple${protocol === 'pop3' ? 'POP3' : 'IMAP'}SSLRetriever`,
    `server = localhost\nport = ${port}\nca_certs = ${authorityFile}`,
    `username = ${login.username}\npassword = ${login.password}`,
    ...(login.mechanism === 'APOP' ? ['use_apop = true'] : []),
    '[destination]\ntype = MDA_external\npath = /bin/sh\nallow_root_commands = true\nunixfrom = false',
    `arguments = ("-c", "cat >> '${mailFile}'")`,
    '[options]\ndelete = false\ndelivered_to = false\nreceived = false',
  ])
  const run = await runClient('getmail', ['--getmaildir', home, '--rcfile', settings], { home })
  return { ...run, got: contentOf(mailFile) }
}

export const sNail: ReceiveWith = async (home, { protocol, port, tls, authorityFile, login }) => {
  const mailFile = join(home, 'mail')
  const scheme = tls === 'implicit' ? `${protocol}s` : protocol
  const user = `${encodeURIComponent(login.username)}:${encodeURIComponent(login.password)}`
  const settings = [
    'v15-compat',
    ...(tls === 'starttls' ? [`${protocol}-use-starttls`] : []),
    'tls-verify=strict',
    `tls-ca-file=${authorityFile}`,
  ]
  const mailbox = `${scheme}://${user}@localhost:${port}${protocol === 'imap' ? '/INBOX' : ''}`
  const args = ['-:/', '-#', '-R', ...settings.map((setting) => `-S${setting}`), '-f', mailbox]
  const run = await runClient('s-nail', args, { home, input: `copy * ${mailFile}\nexit\n` })
  return { ...run, got: contentOf(mailFile) }
}
