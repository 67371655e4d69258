/** What the protocols are handed: the doors to logins, to the judgement of mail, and to the mailboxes. */
import { japanMinutes } from '#lib/clock/japan-time.ts'
import { openAdvisoryLocks } from '#lib/db/advisory-locks.ts'
import { dataDirectoryEnv } from '#lib/env/data-directory.ts'
import { databaseEnv } from '#lib/env/database.ts'
import { relayEnv } from '#lib/env/relay.ts'
import { scannersEnv } from '#lib/env/scanners.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { siteEnv } from '#lib/env/site.ts'
import { webEnv } from '#lib/env/web.ts'
import { createAuthenticator } from './auth/authenticator.ts'
import { openHashThread } from './auth/hash-thread.ts'
import { recordHostUses } from './auth/host-uses.ts'
import { openInheritedReading } from './auth/inherited-reading.ts'
import { recordLastUse } from './auth/last-use.ts'
import { openLoginProtection } from './auth/login-protection.ts'
import { createRelayWindows } from './auth/relay-windows.ts'
import type { Delivery } from './delivery/open-delivery.ts'
import type { Foundation } from './foundation.ts'
import type { ImapServices } from './imap/session.ts'
import { hostNameOf } from './listeners.ts'
import type { ManageSieveServices } from './managesieve/session.ts'
import type { Pop3Services } from './pop3/session.ts'
import type { Connection } from './runtime/connection.ts'
import { openScanners } from './scanners/scan-message.ts'
import { openSenderChecks } from './sender-checks/check-sender.ts'
import { createUploadCheck } from './sieve/check-upload.ts'
import { createScriptStores } from './sieve/script-store.ts'
import { openSightings } from './sightings/sightings.ts'
import type { SmtpServices } from './smtp/session.ts'
import { watchFreeSpace } from './store/free-space.ts'
import { createMailStore } from './store/mailbox-store.ts'
import { createMaildrops } from './store/maildrop.ts'
import { openBlocklists } from './strangers/blocklists.ts'
import { openGreylist } from './strangers/greylist.ts'
import { openUnknownRecipients } from './strangers/unknown-recipients.ts'

export type Services = SmtpServices & Pop3Services & ImapServices & ManageSieveServices

/** In it IMAP shows dates and searches days. */
const zone = { offsetMinutes: japanMinutes }

export async function openServices(foundation: Foundation, delivery: Delivery): Promise<Services> {
  const { policy, events, sessions, onFault } = foundation
  const site = siteEnv()
  return {
    ...{ policy, events, sessions, onFault },
    ...openLogins(foundation),
    ...openJudgesOfMail(foundation),
    ...(await openStores(foundation)),
    resolveRecipient: delivery.resolveRecipient,
    acceptMessage: delivery.acceptMessage,
    formerHosts: site.formerHosts,
    hostedDomains: site.hostedDomains,
    defaultDomain: site.domain,
    hostNameOf: ({ listener }: Connection) => (listener.isOldHost ? site.hosts.old : hostNameOf(listener.name, site)),
  }
}

function openLogins({ parts, database, policy, onFault }: Foundation) {
  const { domain, hosts, hostedDomains, formerHosts } = siteEnv()
  const { masterKey } = secretsEnv()
  const { portalUrl } = webEnv()
  const reasonContext = () => ({ hosts, portalUrl, windowSeconds: policy.rules().popBeforeSmtp.windowSeconds })
  const hostUses = parts.keep(recordHostUses(database))
  const { compareHash } = parts.keep(openHashThread(onFault))
  const authenticator = createAuthenticator({
    ...{ database, policy, masterKey, formerHosts, reasonContext, hostUses },
    realm: { defaultDomain: domain, hostedDomains },
    lastUse: parts.keep(recordLastUse(database)),
    protection: parts.keep(openLoginProtection({ database, policy, masterKey, onFault })),
    inheritedReading: openInheritedReading({ database, policy, masterKey, compareHash }),
  })
  const relayWindows = createRelayWindows(database)
  return {
    authenticator,
    relayWindows,
    reasonContext,
    hostUses,
    sightings: parts.keep(openSightings(database, masterKey)),
  }
}

function openJudgesOfMail({ parts, database, onFault }: Foundation) {
  const { resolver } = relayEnv()
  const hostName = hostNameOf('mx', siteEnv())
  return {
    checkSender: parts.keep(openSenderChecks({ resolver, hostName, onFault })).checkSender,
    findListings: openBlocklists(resolver),
    scanMessage: openScanners(scannersEnv(), onFault),
    greylist: openGreylist(database, secretsEnv().masterKey, onFault),
    unknownRecipients: parts.keep(openUnknownRecipients(database, onFault)),
  }
}

async function openStores({ parts, database, changes, onFault }: Foundation) {
  const { url, isEmbedded } = databaseEnv()
  const locks = parts.keep(openAdvisoryLocks(url))
  const freeSpace = parts.keep(await watchFreeSpace(isEmbedded ? dataDirectoryEnv().path : null, onFault))
  return {
    ...{ freeSpace, zone },
    maildrops: createMaildrops({ database, locks, changes }),
    scriptsOf: createScriptStores(database, createUploadCheck(siteEnv().hostedDomains)),
    mailStore: createMailStore({ database, changes, zone, freeSpace }),
  }
}
