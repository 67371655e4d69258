/** Is a key to be seen in DNS? Asked of the resolver that the relay uses, anew each time. */
import { openDnsResolver } from '#lib/dns/dns-resolver.ts'
import { type PublicationState, stateOfFailure } from '#lib/dns/publication-state.ts'
import { relayEnv } from '#lib/env/relay.ts'
import { isPublishedIn, type PublishedKey, recordName } from './dkim-record.ts'

const TIMEOUT_MS = 2_000
const TRIES = 2

export async function checkPublished(key: PublishedKey): Promise<PublicationState> {
  try {
    const records = await openDnsResolver(relayEnv().resolver, TIMEOUT_MS, TRIES).resolveTxt(recordName(key))
    return isPublishedIn(
      records.map((strings) => strings.join('')),
      key,
    )
      ? 'published'
      : 'differs'
  } catch (error) {
    return stateOfFailure(error)
  }
}
