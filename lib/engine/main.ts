/**
 * One engine worker: the only place that knows all rooms and wires them together.
 *
 * The supervisor starts one worker per core; they share the ports and the database and nothing else. A worker says
 * when it listens, and on SIGTERM it drains: idle sessions are told, a message that is coming in arrives.
 */
import { openAdvisoryLocks } from '#lib/db/advisory-locks.ts'
import { openDatabase } from '#lib/db/database.ts'
import { openNotifications } from '#lib/db/notifications.ts'
import { dataDirectoryEnv } from '#lib/env/data-directory.ts'
import { databaseEnv } from '#lib/env/database.ts'
import { migrationEnv } from '#lib/env/migration.ts'
import { oldHostEnv } from '#lib/env/old-host.ts'
import { phoneGatewayEnv } from '#lib/env/phone-gateway.ts'
import { portsEnv } from '#lib/env/ports.ts'
import { relayEnv } from '#lib/env/relay.ts'
import { scannersEnv } from '#lib/env/scanners.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { siteEnv } from '#lib/env/site.ts'
import { tlsEnv } from '#lib/env/tls.ts'
import { webEnv } from '#lib/env/web.ts'
import { createLog } from '#lib/observability/log.ts'
import { openPhoneGateway } from '#lib/phone-gateway/phone-gateway.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { createAuthenticator } from './auth/authenticator.ts'
import { openHashThread } from './auth/hash-thread.ts'
import { recordHostUses } from './auth/host-uses.ts'
import { openInheritedReading } from './auth/inherited-reading.ts'
import { recordLastUse } from './auth/last-use.ts'
import { openLoginProtection } from './auth/login-protection.ts'
import { createRelayWindows } from './auth/relay-windows.ts'
import { openDelivery } from './delivery/open-delivery.ts'
import { openEventRecorder } from './events/recorder.ts'
import { serveImap } from './imap/server.ts'
import { hostNameOf, listenerSettings } from './listeners.ts'
import { watchMaintenance } from './maintenance/watcher.ts'
import { serveManageSieve } from './managesieve/server.ts'
import { createSourceOpener } from './migration/open-source.ts'
import { startMigrations } from './migration/start-migrations.ts'
import { watchPolicy } from './policy/watcher.ts'
import { servePop3 } from './pop3/server.ts'
import { startRegularWork } from './regular-work.ts'
import type { Connection } from './runtime/connection.ts'
import { createConnectionCounter } from './runtime/connection-counter.ts'
import { mostConnections } from './runtime/descriptor-limit.ts'
import { type Listener, openListener, type Serve } from './runtime/listener.ts'
import { openNeighbours } from './runtime/neighbours.ts'
import { watchTlsFiles, withOldHost } from './runtime/tls.ts'
import { openScanners } from './scanners/scan-message.ts'
import { openSenderChecks } from './sender-checks/check-sender.ts'
import { openLiveSessions } from './sessions/live-sessions.ts'
import { createSessionRegistry } from './sessions/registry.ts'
import { createUploadCheck } from './sieve/check-upload.ts'
import { createScriptStores } from './sieve/script-store.ts'
import { openSightings } from './sightings/sightings.ts'
import { serveSmtp } from './smtp/server.ts'
import { openChanges } from './store/changes.ts'
import { watchFreeSpace } from './store/free-space.ts'
import { createMailStore } from './store/mailbox-store.ts'
import { createMaildrops } from './store/maildrop.ts'
import { openBlocklists } from './strangers/blocklists.ts'
import { openGreylist } from './strangers/greylist.ts'
import { openUnknownRecipients } from './strangers/unknown-recipients.ts'

/** PostgreSQL has 500 connections for all of this machine's processes. */
const DATABASE_CONNECTIONS = 24
/** Japan has one time and no summer time: in it IMAP shows dates and searches days. */
const zone = { offsetMinutes: 540 }
/** Shorter than the supervisor's patience. */
const DRAIN_MS = 25_000

const log = createLog('engine')
const onFault = (error: unknown) => log.error(error)

async function startEngine() {
  const { url, isEmbedded } = databaseEnv()
  const site = siteEnv()
  const relay = relayEnv()
  const database = openDatabase(url, DATABASE_CONNECTIONS)
  const notifications = await openNotifications(url)
  const listeners: Listener[] = []
  const maintenance = await watchMaintenance({
    database,
    notifications,
    onClosed: (closed) => {
      for (const listener of listeners) if (closed.includes(listener.settings.name)) listener.turnAway()
    },
    onFault,
  })
  const policy = await watchPolicy(database, notifications, maintenance.closures, onFault)
  const events = openEventRecorder({
    database,
    policyVersion: (mailbox) => policy.current(mailbox)?.version ?? null,
    onFault,
  })
  const lastUse = recordLastUse(database)
  const hostUses = recordHostUses(database)
  const liveSessions = openLiveSessions(database, onFault)
  const sessions = createSessionRegistry({ database, notifications, liveSessions, onFault })
  const changes = openChanges({ database, notifications, onFault })
  const { masterKey } = secretsEnv()
  const { portalUrl } = webEnv()
  const sightings = openSightings(database, masterKey)
  const delivery = openDelivery({
    database,
    notifications,
    policy,
    changes,
    site,
    relay,
    masterKey,
    portalUrl,
    zoneMinutes: zone.offsetMinutes,
    onFault,
  })
  const locks = openAdvisoryLocks(url)
  const hashThread = openHashThread(onFault)
  const senderChecks = openSenderChecks({ resolver: relay.resolver, hostName: hostNameOf('mx', site), onFault })
  const dataDirectory = dataDirectoryEnv().path
  const { putNotice, sendOwn, resolveRecipient } = delivery
  const regularWork = startRegularWork({
    database,
    policy,
    changes,
    putNotice,
    sendOwn,
    resolveRecipient,
    phoneGateway: openPhoneGateway(phoneGatewayEnv(), log),
    site,
    portalUrl,
    masterKey,
    dataDirectory,
    onFault,
  })
  const unknownRecipients = openUnknownRecipients(database, onFault)
  const freeSpace = await watchFreeSpace(isEmbedded ? dataDirectory : null, onFault)
  const tlsFiles = tlsEnv()
  const oldHostTls = tlsFiles.oldHost && watchTlsFiles(tlsFiles.oldHost, onFault)
  const tls = withOldHost(watchTlsFiles(tlsFiles, onFault), oldHostTls, site.formerHosts)
  const migrations = startMigrations({
    database,
    openSource: createSourceOpener({
      masterKey,
      defaultDomain: site.domain,
      filesDirectory: migrationEnv().directory,
    }),
    mayRaiseQuota: () => (policy.current()?.document ?? defaultPolicy).migration.fullMailbox === 'raise',
    onFault,
  })

  const reasonContext = () => ({
    hosts: site.hosts,
    portalUrl,
    windowSeconds: (policy.current()?.document ?? defaultPolicy).popBeforeSmtp.windowSeconds,
  })
  const realm = { defaultDomain: site.domain, hostedDomains: site.hostedDomains }
  const { formerHosts, hostedDomains } = site
  const loginParts = { database, realm, formerHosts, masterKey, reasonContext }
  const protection = openLoginProtection({ database, policy, masterKey, onFault })
  const services = {
    policy,
    events,
    sessions,
    sightings,
    changes,
    database,
    reasonContext,
    hostUses,
    formerHosts,
    hostedDomains,
    authenticator: createAuthenticator({
      ...loginParts,
      policy,
      lastUse,
      hostUses,
      protection,
      inheritedReading: openInheritedReading({ database, policy, masterKey, compareHash: hashThread.compareHash }),
    }),
    relayWindows: createRelayWindows(database),
    resolveRecipient,
    acceptMessage: delivery.acceptMessage,
    checkSender: senderChecks.checkSender,
    findListings: openBlocklists(relay.resolver),
    scanMessage: openScanners(scannersEnv(), onFault),
    greylist: openGreylist(database, masterKey, onFault),
    unknownRecipients,
    freeSpace,
    hostNameOf: ({ listener }: Connection) => (listener.isOldHost ? site.hosts.old : hostNameOf(listener.name, site)),
    maildrops: createMaildrops({ database, locks, changes }),
    scriptsOf: createScriptStores(database, createUploadCheck(site.hostedDomains)),
    mailStore: createMailStore({ database, changes, zone, freeSpace }),
    zone,
    defaultDomain: site.domain,
    onFault,
  }
  const serve: Record<string, Serve> = {
    smtp: (connection) => serveSmtp(connection, services),
    pop3: (connection) => servePop3(connection, services),
    imap: (connection) => serveImap(connection, services),
    managesieve: (connection) => serveManageSieve(connection, services),
  }

  const neighbours = openNeighbours({
    worker: process.pid,
    send: (news) => void process.send?.(news),
    onMessage: (listener) => void process.on('message', listener),
  })
  const connectionRules = () => (policy.current()?.document ?? defaultPolicy).connections
  const counter = createConnectionCounter({ rules: connectionRules, neighbours, maxOpen: mostConnections() })
  for (const settings of listenerSettings(portsEnv(), oldHostEnv().bindAddress)) {
    const serveProtocol = serve[settings.protocol]
    if (serveProtocol === undefined) continue
    listeners.push(
      await openListener({ settings, tls, serve: serveProtocol, counter, onMishap: events.mishap, onFault }),
    )
  }

  async function stop(): Promise<void> {
    await Promise.all([...listeners.map((listener) => listener.drain(DRAIN_MS)), delivery.stopRelay(DRAIN_MS)])
    await migrations.close()
    await delivery.close()
    await senderChecks.close()
    await hashThread.close()
    await regularWork.close()
    maintenance.close()
    await changes.close()
    await events.close()
    await lastUse.close()
    await hostUses.close()
    await sightings.close()
    await protection.close()
    await unknownRecipients.close()
    sessions.close()
    await liveSessions.close()
    tls.close()
    await freeSpace.close()
    await notifications.close()
    await locks.close()
    await database.close()
  }
  return { listeners, stop }
}

process.on('uncaughtException', (error) => {
  log.fatal(error)
  process.exit(1)
})

const engine = await startEngine()
process.send?.({
  type: 'ready',
  listeners: Object.fromEntries(
    engine.listeners.map(({ settings, port }) => [settings.isOldHost ? `old:${settings.name}` : settings.name, port]),
  ),
})

let isStopping = false
async function stopOnce(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await engine.stop()
  process.exit(0)
}

process.on('SIGTERM', () => void stopOnce())
// Ctrl-C in a terminal reaches every process of the group; the supervisor decides when the workers stop.
process.on('SIGINT', () => {})
// Without its supervisor a worker has nobody who would stop it.
process.on('disconnect', () => void stopOnce())
