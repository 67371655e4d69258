/** A relay worker on a rig: every domain but "nowhere.test" has its mail at one port of this machine. */
import assert from 'node:assert/strict'
import { createOutgoingSigner } from '#lib/engine/delivery/dkim/sign-outgoing.ts'
import { openSigningKeys } from '#lib/engine/delivery/dkim/signing-keys.ts'
import { NoSuchRecord } from '#lib/engine/delivery/relay/mail-resolver.ts'
import { sessionTimeouts } from '#lib/engine/delivery/relay/smtp-session.ts'
import { type Relay, type RelayParts, startRelay } from '#lib/engine/delivery/relay/start-relay.ts'
import { trustSmartHost } from '#lib/engine/delivery/tls-policy/secure-route.ts'
import { type DeliveryRig, reporting } from './delivery.ts'

/** As in the environment of a test that uses the portal's use-cases. */
export const testMasterKey = Buffer.alloc(32, 7)

/** @param beforeRoute lets a test hold an attempt right after its claim was opened */
export function routeTo(
  port: number,
  beforeRoute = async () => {},
  addressOf: (host: string) => string = () => '127.0.0.1',
): RelayParts['route'] {
  return {
    resolver: {
      mailExchangers: async (domain) => {
        await beforeRoute()
        return [{ exchange: `mx.${domain}`, priority: 10 }]
      },
      addresses: async (host) => {
        if (host === 'mx.nowhere.test') throw new NoSuchRecord(host)
        return [addressOf(host)]
      },
      texts: async () => [],
      configuredHost: async () => ['127.0.0.1'],
    },
    smartHost: null,
    mxPort: port,
    ownHostNames: new Set(['mx.infonia.test']),
    isOwnAddress: () => false,
    mayConnectTo: () => true,
  }
}

export function startTestRelay(
  rig: DeliveryRig,
  port: number,
  { beforeRoute = async () => {}, ...change }: Partial<RelayParts> & { beforeRoute?: () => Promise<void> } = {},
): Relay {
  return startRelay({
    database: rig.database,
    notifications: rig.notifications,
    rules: () => rig.policy.relay,
    reporting,
    resolveRecipient: rig.resolveRecipient,
    now: () => new Date(),
    route: routeTo(port, beforeRoute),
    signOutgoing: createOutgoingSigner(openSigningKeys(rig.database, testMasterKey), () => new Date()),
    heloName: 'smtpa.infonia.test',
    secureRoute: trustSmartHost,
    timeouts: { ...sessionTimeouts, quitMs: 200 },
    onBounced: () => {},
    onStored: () => {},
    onFault: (error) => assert.fail(String(error)),
    limits: { pollIntervalMs: 50 },
    ...change,
  })
}
