/**
 * Reads every form of auto-configuration the way its strictest client does, into one vocabulary: "imap host:port tls".
 * Each throws at what its client would drop or refuse.
 */
import assert from 'node:assert/strict'
import { childrenOf, readXml, textOf, type XmlElement } from './xml-tree.ts'

const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]+$/

function service(protocol: string, host: string, port: string | number, security: string): string {
  assert.match(host, HOST)
  assert.ok(Number.isInteger(Number(port)) && Number(port) > 0 && Number(port) < 65_536, `port ${port}`)
  return `${protocol} ${host}:${port} ${security}`
}

const mozillaSockets: Readonly<Record<string, string>> = { SSL: 'tls', STARTTLS: 'starttls' }
const mozillaProtocols: Readonly<Record<string, string>> = { imap: 'imap', pop3: 'pop', smtp: 'submission' }

/** As Thunderbird for Android: one bad entry and the whole file is dropped. And as the draft: names and their lengths. */
export function readMozillaAutoconfig(xml: string) {
  const root = readXml(xml)
  assert.equal(root.name, 'clientConfig')
  assert.equal(root.attributes.version, '1.2')
  const [provider, ...others] = childrenOf(root, 'emailProvider')
  assert.ok(provider !== undefined && others.length === 0)
  assert.match(provider.attributes.id ?? '', HOST)
  const domains = childrenOf(provider, 'domain').map(({ text }) => text)
  assert.ok(domains.length > 0)
  for (const domain of domains) assert.match(domain, HOST)
  assert.ok(textOf(provider, 'displayName').length <= 60)
  assert.ok(textOf(provider, 'displayShortName').length <= 20)
  const known = ['domain', 'displayName', 'displayShortName', 'incomingServer', 'outgoingServer', 'documentation']
  for (const { name } of provider.children) assert.ok(known.includes(name), `unknown element ${name}`)
  for (const page of childrenOf(provider, 'documentation')) {
    assert.ok(URL.canParse(page.attributes.url ?? ''))
    for (const { attributes } of childrenOf(page, 'descr')) assert.match(attributes.lang ?? '', /^[a-z]{2}$/)
  }
  const servers = [...childrenOf(provider, 'incomingServer'), ...childrenOf(provider, 'outgoingServer')]
  return { domains, services: servers.map(mozillaServer) }
}

function mozillaServer(server: XmlElement): string {
  const protocol = mozillaProtocols[server.attributes.type ?? '']
  const security = mozillaSockets[textOf(server, 'socketType')]
  assert.ok(protocol !== undefined && security !== undefined)
  assert.equal(server.name === 'outgoingServer', protocol === 'submission')
  assert.equal(textOf(server, 'authentication'), 'password-cleartext')
  assert.equal(textOf(server, 'username'), '%EMAILADDRESS%')
  return service(protocol, textOf(server, 'hostname'), textOf(server, 'port'), security)
}

const poxProtocols: Readonly<Record<string, string>> = { IMAP: 'imap', POP3: 'pop', SMTP: 'submission' }

/** MS-OXDSCLI §2.2.4, in its order, with every switch that would mean "on" when it is absent. */
export function readAutodiscover(xml: string) {
  const root = readXml(xml)
  assert.equal(root.name, 'Autodiscover')
  assert.equal(root.attributes.xmlns, 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006')
  const [response] = childrenOf(root, 'Response')
  assert.equal(
    response?.attributes.xmlns,
    'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a',
  )
  assert.deepEqual(
    response?.children.map(({ name }) => name),
    ['User', 'Account'],
  )
  const [account] = childrenOf(response, 'Account')
  assert.ok(account !== undefined)
  assert.equal(textOf(account, 'AccountType'), 'email')
  assert.equal(textOf(account, 'Action'), 'settings')
  const protocols = childrenOf(account, 'Protocol')
  return { loginNames: protocols.map((one) => textOf(one, 'LoginName')), services: protocols.map(poxServer) }
}

function poxServer(server: XmlElement): string {
  const protocol = poxProtocols[textOf(server, 'Type')]
  assert.ok(protocol !== undefined)
  assert.equal(textOf(server, 'SPA'), 'off')
  assert.equal(textOf(server, 'DomainRequired'), 'off')
  assert.equal(textOf(server, 'AuthRequired'), 'on')
  assert.match(textOf(server, 'TTL'), /^\d+$/)
  const isTls = textOf(server, 'SSL') === 'on'
  assert.equal(textOf(server, 'Encryption'), isTls ? 'SSL' : 'TLS')
  if (protocol === 'submission') assert.equal(textOf(server, 'UsePOPAuth'), 'on')
  return service(protocol, textOf(server, 'Server'), textOf(server, 'Port'), isTls ? 'tls' : 'starttls')
}

export function readAutodiscoverError(xml: string): { code: string; message: string } {
  const [response] = childrenOf(readXml(xml), 'Response')
  const [error] = response ? childrenOf(response, 'Error') : []
  assert.ok(error !== undefined)
  assert.match(error.attributes.Time ?? '', /^\d\d:\d\d:\d\d\.\d{3}$/)
  return { code: textOf(error, 'ErrorCode'), message: textOf(error, 'Message') }
}

type Pacc = {
  protocols: Record<string, { host: string }>
  authentication: Record<string, unknown>
  info: { provider: { name: string; shortName: string }; help: { documentation: string } }
}

const paccPorts: Readonly<Record<string, [string, number]>> = {
  imap: ['imap', 993],
  pop3: ['pop', 995],
  submit: ['submission', 465],
}

export function readPacc(text: string): string[] {
  const { protocols, authentication, info } = JSON.parse(text) as Pacc
  assert.deepEqual(authentication, { password: true })
  assert.ok(info.provider.name.length <= 60 && info.provider.shortName.length <= 20)
  assert.ok(URL.canParse(info.help.documentation))
  return Object.entries(protocols).map(([name, { host, ...rest }]) => {
    assert.deepEqual(rest, {})
    const [protocol, port] = paccPorts[name] ?? assert.fail(`unknown protocol ${name}`)
    return service(protocol, host, port, 'tls')
  })
}

export type Plist = string | number | boolean | Plist[] | { [key: string]: Plist }

export function readPlist(xml: string): Record<string, Plist> {
  const root = readXml(xml)
  assert.equal(root.name, 'plist')
  const [dictionary] = root.children
  assert.ok(dictionary?.name === 'dict')
  return plistDictionary(dictionary)
}

function plistDictionary({ children }: XmlElement): Record<string, Plist> {
  const entries: [string, Plist][] = []
  for (let at = 0; at < children.length; at += 2) {
    const [key, value] = children.slice(at, at + 2)
    assert.ok(key?.name === 'key' && value !== undefined)
    entries.push([key.text, plistValue(value)])
  }
  return Object.fromEntries(entries)
}

function plistValue(element: XmlElement): Plist {
  const { name, text, children } = element
  if (name === 'string') return text
  if (name === 'integer') return Number(text)
  if (name === 'true' || name === 'false') return name === 'true'
  if (name === 'array') return children.map(plistValue)
  assert.equal(name, 'dict')
  return plistDictionary(element)
}

/** The account of a profile. Apple's required keys, and no password anywhere. */
export function readAppleProfile(xml: string) {
  const profile = readPlist(xml)
  assert.equal(profile.PayloadType, 'Configuration')
  assert.equal(profile.PayloadVersion, 1)
  const [account, ...others] = profile.PayloadContent as Record<string, Plist>[]
  assert.ok(account !== undefined && others.length === 0)
  assert.equal(account.PayloadType, 'com.apple.mail.managed')
  for (const payload of [profile, account]) {
    assert.match(String(payload.PayloadIdentifier), /^[a-z0-9.-]+$/)
    assert.match(String(payload.PayloadUUID), /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/)
  }
  assert.equal(account.IncomingMailServerAuthentication, 'EmailAuthPassword')
  assert.equal(account.OutgoingMailServerAuthentication, 'EmailAuthPassword')
  assert.deepEqual(
    Object.keys(account).filter((key) => /^(?:Incoming|Outgoing)Password$/.test(key)),
    [],
  )
  const protocols: Readonly<Record<string, string>> = { EmailTypeIMAP: 'imap', EmailTypePOP: 'pop' }
  const side = (protocol: string, name: 'Incoming' | 'Outgoing') => {
    const [host, port] = [account[`${name}MailServerHostName`], account[`${name}MailServerPortNumber`]]
    assert.equal(account[`${name}MailServerUseSSL`], true)
    return service(protocol, String(host), Number(port), 'encrypted')
  }
  const incoming = protocols[String(account.EmailAccountType)]
  assert.ok(incoming !== undefined)
  return { profile, account, services: [side(incoming, 'Incoming'), side('submission', 'Outgoing')] }
}

type QrServer = [protocol: number, host: string, port: number, security: number, authentication: number, user: string]

/** As Thunderbird for Android reads it: version 1, one account, no password. */
export function readThunderbirdQr(text: string) {
  const [version, sequence, incoming, groups, ...others] = JSON.parse(text) as [
    number,
    number[],
    [...QrServer, string],
    [[QrServer, [string, string]]],
  ]
  assert.deepEqual([version, sequence, others, groups.length], [1, [1, 1], [], 1])
  const [outgoing, identity] = groups[0]
  const securities: Readonly<Record<number, string>> = { 2: 'starttls', 3: 'tls' }
  const read = (protocol: string, [, host, port, security, authentication]: QrServer | [...QrServer, string]) => {
    assert.equal(authentication, 1)
    return service(protocol, host, port, securities[security] ?? assert.fail('unknown security'))
  }
  assert.deepEqual([incoming.length, outgoing.length, outgoing[0]], [7, 6, 0])
  const protocol = incoming[0] === 0 ? 'imap' : 'pop'
  return {
    usernames: [incoming[5], outgoing[5]],
    identity,
    services: [read(protocol, incoming), read('submission', outgoing)],
  }
}
