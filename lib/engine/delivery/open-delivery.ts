/** Puts the parts of delivery together for one engine process. */
import { networkInterfaces } from 'node:os'
import { japanMinutes } from '#lib/clock/japan-time.ts'
import type { Database } from '#lib/db/database.ts'
import type { Notifications } from '#lib/db/notifications.ts'
import type { RelayEnv } from '#lib/env/relay.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import { isPublicAddress } from '#lib/mail/network-list.ts'
import { openLimitTrips } from '../abuse/limit-trips.ts'
import type { PolicySource } from '../policy/watcher.ts'
import { createRecipes } from '../sieve/run-recipes.ts'
import type { Changes } from '../store/changes.ts'
import { type AcceptMessage, createAcceptance } from './accept-message.ts'
import { correspondentKeyFrom } from './correspondents.ts'
import { createOutgoingSigner } from './dkim/sign-outgoing.ts'
import { openSigningKeys } from './dkim/signing-keys.ts'
import { createLocalReporter } from './dsn/report-local-delivery.ts'
import { createForwarding } from './forwarding/forward-message.ts'
import { createPutNotice, type PutNotice } from './put-notice.ts'
import { openMailResolver } from './relay/mail-resolver.ts'
import { sessionTimeouts } from './relay/smtp-session.ts'
import { startRelay } from './relay/start-relay.ts'
import { createRecipientResolver, type ResolveRecipient } from './resolve-recipient.ts'
import { createSendOwn, type SendOwn } from './send-own.ts'
import { openRouteSecurity, trustSmartHost } from './tls-policy/secure-route.ts'
import type { StoredFolder } from './write-plans.ts'

export interface Delivery {
  readonly resolveRecipient: ResolveRecipient
  readonly acceptMessage: AcceptMessage
  readonly putNotice: PutNotice
  readonly sendOwn: SendOwn
  /** No new attempts; what is in flight ends, or is cut off at the deadline. */
  stopRelay(deadlineMs: number): Promise<void>
  close(): Promise<void>
}

export type DeliveryParts = {
  readonly database: Database
  readonly notifications: Notifications
  readonly policy: PolicySource
  readonly changes: Changes
  readonly site: SiteEnv
  readonly relay: RelayEnv
  readonly masterKey: Buffer
  readonly portalUrl: string
  readonly onFault: (error: unknown) => void
}

export function openDelivery(parts: DeliveryParts): Delivery {
  const { database, notifications, policy, changes, site, relay, masterKey, portalUrl, onFault } = parts
  const now = () => new Date()
  const signingKeys = openSigningKeys(database, masterKey)
  const forwarding = createForwarding({ masterKey, hostedDomains: site.hostedDomains, signingKeys, now })
  const resolveRecipient = createRecipientResolver(database, site, forwarding.senderOfForwarded)
  const reporting = { site, reportingHost: relay.heloName }
  const onStored = ({ mailboxId, folderId }: StoredFolder) => changes.folderChanged(mailboxId, folderId)
  const ownAddresses = localAddresses()
  const abuseRules = () => policy.rules().abuse
  const putNotice = createPutNotice(site.domain, now, onStored)
  const trips = openLimitTrips({ database, rules: abuseRules, site, portalUrl, putNotice, now, onFault })
  const resolver = openMailResolver(relay.resolver)
  const mayConnectTo = (address: string) => isPublicAddress(address) && !ownAddresses.has(address)
  const worker = startRelay({
    database,
    notifications,
    rules: () => policy.rules().relay,
    reporting,
    resolveRecipient,
    now,
    route: {
      resolver,
      smartHost: relay.smartHost,
      mxPort: 25,
      ownHostNames: new Set([...Object.values(site.hosts), relay.heloName]),
      isOwnAddress: (address) => ownAddresses.has(address),
      mayConnectTo,
    },
    heloName: relay.heloName,
    signOutgoing: createOutgoingSigner(signingKeys, now),
    secureRoute: relay.smartHost
      ? trustSmartHost
      : openRouteSecurity({ database, resolver, mayConnectTo, policyPort: 443, onFault }),
    timeouts: sessionTimeouts,
    onBounced: (messageId) => trips.noteBounce(messageId),
    onStored,
    onFault,
  })
  const queueLifetimeSeconds = () => policy.rules().relay.lifetimeSeconds
  const onQueued = () => worker.wake()
  const acceptMessage = createAcceptance({
    database,
    decide: policy.decide,
    now,
    correspondentKey: correspondentKeyFrom(masterKey),
    queueLifetimeSeconds,
    reportsFor: createLocalReporter(reporting, resolveRecipient, now),
    runRecipes: createRecipes(
      { database, decide: policy.decide, forwarding, resolveRecipient, site, portalUrl, now, reporting },
      { domain: site.domain, hostName: relay.heloName, zoneMinutes: japanMinutes },
    ),
    onRefused: (trip) => trips.note(trip),
    onStored,
    onQueued,
  })
  return {
    resolveRecipient,
    acceptMessage,
    putNotice,
    sendOwn: createSendOwn({ now, queueLifetimeSeconds, onQueued }),
    stopRelay: (deadlineMs: number) => worker.close(deadlineMs),
    close: () => trips.settled(),
  }
}

/** An MX record may name us by any of these. */
function localAddresses(): ReadonlySet<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)))
}
