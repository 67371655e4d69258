/** Debian's Thunderbird without a window: it looks for the settings of an address as its own set-up does. */
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Marionette, openMarionette } from './marionette.ts'
import { startClient } from './run-client.ts'

export const thunderbirdProgram = '/usr/lib/thunderbird/thunderbird'

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
export const socketTypes = { starttls: 2, tls: 3 } as const
export const passwordCleartext = 3

type Surroundings = { readonly home: string; readonly proxyPort: number; readonly authority: string }

export async function withThunderbird(
  { home, proxyPort, authority }: Surroundings,
  work: (findSettings: (address: string) => Promise<FoundSettings>) => Promise<void>,
): Promise<void> {
  const port = await freePort()
  const profile = join(home, 'profile')
  mkdirSync(profile)
  writeFileSync(join(profile, 'user.js'), preferences({ port, proxyPort }))
  const args = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile]
  const program = startClient(thunderbirdProgram, args, { home })
  const ended = once(program, 'close')
  program.stdout?.resume()
  program.stderr?.resume()
  try {
    const marionette = await openMarionette(port)
    await marionette.run(trustAuthority, [authority.replaceAll(/-----[^-]+-----|\s/g, '')])
    await work((address) => findSettings(marionette, address))
    marionette.close()
  } finally {
    program.kill('SIGKILL')
    await ended
  }
}

function preferences({ port, proxyPort }: { port: number; proxyPort: number }): string {
  const values = {
    'marionette.port': port,
    'network.proxy.type': 1,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'app.update.disabledForTesting': true,
    'datareporting.policy.dataSubmissionEnabled': false,
  }
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('')
}

const trustAuthority = `
  const database = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB)
  database.addCertFromBase64(args[0], "C,,")`

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

async function findSettings(marionette: Marionette, address: string): Promise<FoundSettings> {
  return (await marionette.run(lookForSettings, [address])) as FoundSettings
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
