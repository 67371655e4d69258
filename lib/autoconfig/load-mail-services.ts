/** The services as they are now: configuration of this process, and the policy in force. */
import { guidePortsEnv } from '#lib/env/guide-ports.ts'
import { siteEnv } from '#lib/env/site.ts'
import { webEnv } from '#lib/env/web.ts'
import { connectionSettings } from '#lib/guides/connection-settings.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { type MailServices, mailServices } from './mail-services.ts'

export async function loadMailServices(): Promise<MailServices> {
  const { document } = await currentPolicy()
  const site = siteEnv()
  return mailServices(site, webEnv().portalUrl, connectionSettings(site, guidePortsEnv(), document), document)
}
