/** The one place that wires the rooms of an engine worker together. */
import { dataDirectoryEnv } from '#lib/env/data-directory.ts'
import { migrationEnv } from '#lib/env/migration.ts'
import { oldHostEnv } from '#lib/env/old-host.ts'
import { phoneGatewayEnv } from '#lib/env/phone-gateway.ts'
import { portsEnv } from '#lib/env/ports.ts'
import { relayEnv } from '#lib/env/relay.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { siteEnv } from '#lib/env/site.ts'
import { tlsEnv } from '#lib/env/tls.ts'
import { webEnv } from '#lib/env/web.ts'
import type { Log } from '#lib/observability/log.ts'
import { openPhoneGateway } from '#lib/phone-gateway/phone-gateway.ts'
import { type Delivery, openDelivery } from './delivery/open-delivery.ts'
import { type Foundation, openFoundation } from './foundation.ts'
import { serveImap } from './imap/server.ts'
import { listenerSettings } from './listeners.ts'
import { serveManageSieve } from './managesieve/server.ts'
import { createSourceOpener } from './migration/open-source.ts'
import { startMigrations } from './migration/start-migrations.ts'
import { servePop3 } from './pop3/server.ts'
import { startRegularWork } from './regular-work.ts'
import type { ListenerSettings } from './runtime/connection.ts'
import { createConnectionCounter } from './runtime/connection-counter.ts'
import { mostConnections } from './runtime/descriptor-limit.ts'
import { type Listener, openListener, type Serve } from './runtime/listener.ts'
import { openNeighbours } from './runtime/neighbours.ts'
import { createOpenParts } from './runtime/open-parts.ts'
import { type TlsSource, watchTlsFiles, withOldHost } from './runtime/tls.ts'
import { openServices, type Services } from './services.ts'
import { serveSmtp } from './smtp/server.ts'

export type Engine = {
  readonly listeners: readonly Listener[]
  /** Sessions are told to end, what is coming in arrives, and what is open is closed. */
  stop(): Promise<void>
}

/** Shorter than the supervisor's patience. */
const DRAIN_MS = 25_000

export async function startEngine(log: Log): Promise<Engine> {
  const parts = createOpenParts()
  const listeners: Listener[] = []
  const foundation = await openFoundation({
    parts,
    onClosed(closed) {
      for (const listener of listeners) if (closed.includes(listener.settings.name)) listener.turnAway()
    },
    onFault: (error) => log.error(error),
  })
  const delivery = parts.keep(openDelivery({ ...foundation, ...ownSite(), relay: relayEnv() }))
  startWork(foundation, delivery, log)
  const services = await openServices(foundation, delivery)
  const open = listenerOpener(foundation, services)
  for (const settings of listenerSettings(portsEnv(), oldHostEnv().bindAddress)) listeners.push(await open(settings))
  return {
    listeners,
    async stop() {
      await Promise.all([...listeners.map((listener) => listener.drain(DRAIN_MS)), delivery.stopRelay(DRAIN_MS)])
      await parts.close()
    },
  }
}

const ownSite = () => ({ site: siteEnv(), masterKey: secretsEnv().masterKey, portalUrl: webEnv().portalUrl })

/** What the worker does of its own accord. */
function startWork({ parts, database, policy, changes, onFault }: Foundation, delivery: Delivery, log: Log): void {
  const { putNotice, sendOwn, resolveRecipient } = delivery
  parts.keep(
    startRegularWork({
      ...ownSite(),
      ...{ database, policy, changes, putNotice, sendOwn, resolveRecipient, onFault },
      phoneGateway: openPhoneGateway(phoneGatewayEnv(), log),
      dataDirectory: dataDirectoryEnv().path,
    }),
  )
  const { site, masterKey } = ownSite()
  const filesDirectory = migrationEnv().directory
  parts.keep(
    startMigrations({
      database,
      openSource: createSourceOpener({ masterKey, defaultDomain: site.domain, filesDirectory }),
      mayRaiseQuota: () => policy.rules().migration.fullMailbox === 'raise',
      onFault,
    }),
  )
}

function listenerOpener(
  { parts, policy, events, onFault }: Foundation,
  services: Services,
): (settings: ListenerSettings) => Promise<Listener> {
  const serve: Record<ListenerSettings['protocol'], Serve> = {
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
  const rules = () => policy.rules().connections
  const counter = createConnectionCounter({ rules, neighbours, maxOpen: mostConnections() })
  const tls = parts.keep(watchOwnTls(onFault))
  return (settings) =>
    openListener({ settings, tls, serve: serve[settings.protocol], counter, onMishap: events.mishap, onFault })
}

function watchOwnTls(onFault: (error: unknown) => void): TlsSource {
  const { oldHost, ...files } = tlsEnv()
  return withOldHost(watchTlsFiles(files, onFault), oldHost && watchTlsFiles(oldHost, onFault), siteEnv().formerHosts)
}
