/** Command line clients that send: each gets a server, a way to log in and a letter. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientRun, runClient } from './run-client.ts'

export type Sending = {
  readonly port: number
  readonly tls: 'none' | 'starttls' | 'implicit'
  readonly authorityFile: string
  /** null: no SMTP AUTH */
  readonly login: { readonly mechanism: string; readonly username: string; readonly password: string } | null
  readonly from: string
  readonly to: string
  readonly text: string
}

export type SendWith = (home: string, sending: Sending) => Promise<ClientRun>

export const swaks: SendWith = (home, { port, tls, authorityFile, login, from, to, text }) => {
  const security = { none: [], starttls: ['-tls'], implicit: ['-tlsc'] }[tls]
  const verification = tls === 'none' ? [] : ['--tls-verify', '--tls-ca-path', authorityFile]
  const authentication = login === null ? [] : ['--auth', login.mechanism, '-au', login.username, '-ap', login.password]
  const envelope = ['--server', `localhost:${port}`, '--from', from, '--to', to, '--data', '-']
  return runClient('swaks', [...envelope, ...security, ...verification, ...authentication], {
    home,
    input: text,
  })
}

export const curl: SendWith = async (home, { port, tls, authorityFile, login, from, to, text }) => {
  const letterFile = join(home, 'letter.eml')
  writeFileSync(letterFile, text.replaceAll('\n', '\r\n'))
  const url = `${tls === 'implicit' ? 'smtps' : 'smtp'}://localhost:${port}/client.example`
  const security = tls === 'none' ? [] : ['--ssl-reqd', '--cacert', authorityFile]
  const authentication =
    login === null
      ? []
      : ['--login-options', `AUTH=${login.mechanism}`, '--user', `${login.username}:${login.password}`]
  const envelope = ['--mail-from', from, '--mail-rcpt', to, '--upload-file', letterFile]
  return runClient('curl', ['-sS', '--url', url, ...security, ...authentication, ...envelope], { home })
}

export const msmtp: SendWith = async (home, { port, tls, authorityFile, login, from, to, text }) => {
  const lines = [
    'defaults',
    'account default',
    'host localhost',
    `port ${port}`,
    `from ${from}`,
    `tls ${tls === 'none' ? 'off' : 'on'}`,
    ...(tls === 'none' ? [] : [`tls_trust_file ${authorityFile}`, `tls_starttls ${tls === 'starttls' ? 'on' : 'off'}`]),
    ...(login === null
      ? ['auth off']
      : [`auth ${login.mechanism.toLowerCase()}`, `user ${login.username}`, `password ${login.password}`]),
  ]
  const settings = join(home, '.msmtprc')
  writeFileSync(settings, `${lines.join('\n')}\n`)
  chmodSync(settings, 0o600)
  return runClient('msmtp', ['-C', settings, '--', to], { home, input: text })
}

/** mutt writes the header itself; the letter's subject and body are taken over. */
export const mutt: SendWith = (home, { port, tls, authorityFile, login, from, to, text }) => {
  const url = `${tls === 'implicit' ? 'smtps' : 'smtp'}://${login ? `${login.username}@` : ''}localhost:${port}/`
  const settings = [
    `set smtp_url="${url}"`,
    `set from="${from}" use_from=yes envelope_from_address="${from}" use_envelope_from=yes`,
    `set copy=no ssl_starttls=${tls === 'starttls' ? 'yes' : 'no'} ssl_force_tls=${tls === 'none' ? 'no' : 'yes'}`,
    `set ssl_ca_certificates_file="${authorityFile}"`,
    ...(login ? [`set smtp_pass="${login.password}" smtp_authenticators="${login.mechanism.toLowerCase()}"`] : []),
  ]
  const subject = /^Subject: (.*)$/m.exec(text)?.[1] ?? ''
  const args = ['-n', '-F', '/dev/null', ...settings.flatMap((setting) => ['-e', setting]), '-s', subject, '--', to]
  return runClient('mutt', args, { home, input: text.slice(text.indexOf('\n\n') + 2) })
}

/** s-nail (mailx) writes the header itself too. */
export const sNail: SendWith = (home, { port, tls, authorityFile, login, from, to, text }) => {
  const credentials = login ? `${encodeURIComponent(login.username)}:${encodeURIComponent(login.password)}@` : ''
  const url = `${tls === 'implicit' ? 'smtps' : 'smtp'}://${credentials}localhost:${port}`
  const settings = [
    'v15-compat',
    'sendwait',
    `mta=${url}`,
    `smtp-auth=${login?.mechanism.toLowerCase() ?? 'none'}`,
    `from=${from}`,
    ...(tls === 'starttls' ? ['smtp-use-starttls'] : []),
    ...(tls === 'none' ? [] : ['tls-verify=strict', `tls-ca-file=${authorityFile}`]),
  ]
  const subject = /^Subject: (.*)$/m.exec(text)?.[1] ?? ''
  const args = ['-:/', ...settings.map((setting) => `-S${setting}`), '-s', subject, to]
  return runClient('s-nail', args, { home, input: text.slice(text.indexOf('\n\n') + 2) })
}
