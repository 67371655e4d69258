/**
 * The same record for somebody who tries the product on one machine: loopback and this machine's ports. Only where the
 * first run left demo accounts; a real site's guides never show where its servers listen internally.
 */
import 'server-only'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataDirectoryEnv } from '#lib/env/data-directory.ts'
import { portsEnv } from '#lib/env/ports.ts'
import { siteEnv } from '#lib/env/site.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { type ConnectionSettings, connectionSettings } from './connection-settings.ts'

export async function loadTrialSettings(): Promise<ConnectionSettings | null> {
  if (!existsSync(join(dataDirectoryEnv().path, 'demo-accounts.json'))) return null
  const { bindAddress, ...ports } = portsEnv()
  const { document } = await currentPolicy()
  const hosts = { old: bindAddress, pop: bindAddress, smtp: bindAddress, smtpa: bindAddress }
  return connectionSettings({ domain: siteEnv().domain, hosts }, ports, document)
}
