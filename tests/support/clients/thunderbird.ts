/** Debian's Thunderbird without a window: it looks for the settings of an address as its own set-up does. */
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { freePort } from '../free-port.ts'
import { type Marionette, openMarionette } from './marionette.ts'
import { startClient } from './run-client.ts'

const thunderbirdProgram = '/usr/lib/thunderbird/thunderbird'
export const thunderbirdMissing = existsSync(thunderbirdProgram)
  ? false
  : `no ${thunderbirdProgram}: apt-get install thunderbird`

export type FoundServer = {
  readonly type: string
  readonly hostname: string
  readonly port: number
  readonly socketType: number
  readonly auth: number
  readonly username: string
}

export type FoundSettings = {
  /** "xml-from-isp-https": from the provider itself, not from Mozilla's database and not guessed */
  readonly source: string
  readonly incoming: FoundServer
  readonly outgoing: FoundServer
}

/** Thunderbird's numbers: nsMsgSocketType and nsMsgAuthMethod. */
export const socketTypes = { none: 0, starttls: 2, tls: 3 } as const
export const passwordCleartext = 3

type Surroundings = {
  readonly home: string
  /** the certificate that it is to trust, as PEM; null: none of its own */
  readonly authority: string | null
  readonly preferences?: Readonly<Record<string, string | number | boolean>>
  /** its home is used again: the program is left as people leave it */
  readonly isKept?: boolean
}

export async function withThunderbird(
  { home, authority, preferences = {}, isKept = false }: Surroundings,
  work: (marionette: Marionette) => Promise<void>,
): Promise<void> {
  const port = await freePort()
  const profile = join(home, 'profile')
  mkdirSync(profile, { recursive: true })
  writeFileSync(join(profile, 'user.js'), preferenceLines({ ...quiet, ...preferences, 'marionette.port': port }))
  const args = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile]
  const program = startClient(thunderbirdProgram, args, { home })
  const ended = once(program, 'close')
  program.stdout?.resume()
  program.stderr?.resume()
  try {
    const marionette = await openMarionette(port)
    if (authority !== null) await marionette.run(trustAuthority, [authority.replaceAll(/-----[^-]+-----|\s/g, '')])
    await work(marionette)
    if (isKept) {
      await marionette.run(quit, [])
      await Promise.race([ended, delay(QUIT_MS, null, { ref: false })])
    }
    marionette.close()
  } finally {
    program.kill('SIGKILL')
    await ended
  }
}

const QUIT_MS = 20_000

const quiet = {
  'app.update.disabledForTesting': true,
  'datareporting.policy.dataSubmissionEnabled': false,
}

/** The proxy that answers in the names of all sites. */
export const throughProxy = (port: number) => ({
  'network.proxy.type': 1,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': port,
})

function preferenceLines(values: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('')
}

const trustAuthority = `
  const database = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB)
  database.addCertFromBase64(args[0], "C,,")`

const quit = `setTimeout(() => Services.startup.quit(Ci.nsIAppStartup.eForceQuit), 0)`

const lookForSettings = `
  const { FindConfig } = ChromeUtils.importESModule("resource:///modules/accountcreation/FindConfig.sys.mjs")
  const { AccountConfig } = ChromeUtils.importESModule("resource:///modules/accountcreation/AccountConfig.sys.mjs")
  const [address] = args
  const search = FindConfig.parallelAutoDiscovery(address.split("@")[1], address, new AbortController().signal)
  let step = await search.next()
  while (!step.done) step = await search.next()
  if (!step.value) throw new Error("nothing was found")
  AccountConfig.replaceVariables(step.value, "Taro", address, "")
  const { subSource, incoming, outgoing } = step.value
  const plain = ({ type, hostname, port, socketType, auth, username }) =>
    ({ type, hostname, port, socketType, auth, username })
  return { source: subSource, incoming: plain(incoming), outgoing: plain(outgoing) }`

export async function findSettings(marionette: Marionette, address: string): Promise<FoundSettings> {
  return (await marionette.run(lookForSettings, [address])) as FoundSettings
}

export type ThunderbirdAccount = {
  readonly type: 'imap' | 'pop3'
  readonly port: number
  readonly socketType: (typeof socketTypes)[keyof typeof socketTypes]
  readonly username: string
  readonly password: string
}

/** The account of a user name at "localhost", set up at its first use. */
const accounts = `
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs")
  function serverOf({ type, port, socketType, username, password }) {
    const known = MailServices.accounts.findServer(username, "localhost", type)
    const server = known ?? MailServices.accounts.createIncomingServer(username, "localhost", type)
    Object.assign(server, { port, socketType, authMethod: 3, password })
    if (type === "pop3") server.QueryInterface(Ci.nsIPop3IncomingServer).leaveMessagesOnServer = true
    if (known) return server
    const account = MailServices.accounts.createAccount()
    account.addIdentity(MailServices.accounts.createIdentity())
    account.incomingServer = server
    return server
  }
  const ended = (begin) => new Promise((resolve, reject) => begin({
    QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
    OnStartRunningUrl() {},
    OnStopRunningUrl(url, status) { Components.isSuccessCode(status) ? resolve() : reject(new Error(status.toString(16))) },
  }))
  const inboxOf = (server) => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox)
  const getByPop = (server) => ended((listener) => MailServices.pop3.GetNewMail(null, listener, inboxOf(server), server))
  const listFolders = (server) => ended((listener) => MailServices.imap.discoverAllFolders(server.rootFolder, listener, null))
  const update = (folder) => ended((listener) => folder.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, listener))
`

/** Sets the account up and fetches what is there, as the button does. */
const fetchMail = `${accounts}
  const [account] = args
  const server = serverOf(account)
  if (account.type === "pop3") await getByPop(server)
  else {
    await listFolders(server)
    await update(inboxOf(server))
  }
  const inbox = inboxOf(server)
  const texts = []
  for (const message of inbox.messages) {
    const uri = inbox.getUriForMsg(message)
    texts.push(await new Promise((resolve, reject) => {
      let text = ""
      MailServices.messageServiceFromURI(uri).streamMessage(uri, {
        QueryInterface: ChromeUtils.generateQI(["nsIStreamListener", "nsIRequestObserver"]),
        onStartRequest() {},
        onDataAvailable(request, stream, offset, count) {
          const input = Cc["@mozilla.org/scriptableinputstream;1"].createInstance(Ci.nsIScriptableInputStream)
          input.init(stream)
          text += input.readBytes(count)
        },
        onStopRequest(request, status) { Components.isSuccessCode(status) ? resolve(text) : reject(new Error(status.toString(16))) },
      }, null, null, false, "")
    }))
  }
  return texts`

/** @returns the messages of its inbox */
export async function fetchWithThunderbird(marionette: Marionette, account: ThunderbirdAccount): Promise<string[]> {
  return z.array(z.string()).parse(await marionette.run(fetchMail, [account]))
}

/** Everything, to be read without a connection: by IMAP all folders. */
const keepAll = `${accounts}
  const [account] = args
  const server = serverOf(account)
  if (account.type === "pop3") return getByPop(server)
  await listFolders(server)
  for (const folder of server.rootFolder.descendants) {
    if (folder.getFlag(Ci.nsMsgFolderFlags.ImapNoselect) || folder.getFlag(Ci.nsMsgFolderFlags.Virtual)) continue
    folder.setFlag(Ci.nsMsgFolderFlags.Offline)
    await update(folder)
    await ended((listener) => folder.downloadAllForOffline(listener, null))
  }
`

export async function keepWithThunderbird(marionette: Marionette, account: ThunderbirdAccount): Promise<void> {
  await marionette.run(keepAll, [account])
}
