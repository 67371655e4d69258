/**
 * Shows a message to the scanners that are there, both at once.
 *
 * Guarantees: an answer within their deadlines. A scanner that is away, slow or overrun leads to "unknown", about which
 * the policy decides; it never loses a message. No more than MAX_SCANS messages are with the scanners at a time.
 */
import type { ScannersEnv } from '#lib/env/scanners.ts'
import type { ScanFindings } from '#lib/policy/scan-rules.ts'
import { scanForVirus } from './clamd.ts'
import { type SpamFacts, scoreSpam } from './rspamd.ts'

/** @param facts null where nobody asks whether it is spam */
export type ScanMessage = (content: Buffer, facts: SpamFacts | null) => Promise<ScanFindings>

const MAX_SCANS = 40

export function openScanners({ clamd, rspamd }: ScannersEnv, onFault: (error: unknown) => void): ScanMessage {
  let running = 0

  async function attempt<Finding>(scan: () => Promise<Finding>): Promise<Finding | { readonly kind: 'unknown' }> {
    if (running >= MAX_SCANS) return { kind: 'unknown' }
    running += 1
    try {
      return await scan()
    } catch (error) {
      onFault(error)
      return { kind: 'unknown' }
    } finally {
      running -= 1
    }
  }

  return async (content, facts) => {
    const [virus, spam] = await Promise.all([
      clamd === null ? { kind: 'notScanned' as const } : attempt(() => scanForVirus(clamd, content)),
      rspamd === null || facts === null
        ? { kind: 'notScanned' as const }
        : attempt(() => scoreSpam(rspamd, content, facts)),
    ])
    return { virus, spam }
  }
}
