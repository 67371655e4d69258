/**
 * Guessing is stopped here, for every door of the engine at once (lib/attempts counts, decide() judges).
 *
 * Guarantees: a refused password is on record before the client hears of it, in whatever worker, so the next attempt
 * counts it (of tries sent at the same time, one for each open connection goes uncounted). A password that has logged
 * in from this network before always works, whatever others have tried. What a stranger hears, and the work behind it,
 * is the same for known and unknown names and for right and wrong passwords. What is remembered of good logins is
 * written behind their backs, when it is new or a day old.
 */
import { type AttemptKey, attemptKeyFrom, guessOf } from '#lib/attempts/attempt-key.ts'
import type { History } from '#lib/attempts/history.ts'
import { recordFailure, rememberDevice } from '#lib/attempts/repository.ts'
import type { Database } from '#lib/db/database.ts'
import { waitSecondsOf } from '#lib/policy/decide.ts'
import type { Familiarity } from '#lib/policy/login-limits.ts'
import type { PolicySource } from '../policy/watcher.ts'

export interface LoginProtection {
  readonly key: AttemptKey
  /**
   * @param credentialId whose password was right; null for a wrong one
   * @param secret what tells one wrong password from another; null when nothing does
   * @returns the seconds to wait; 0 when this attempt may have its answer
   */
  judge(history: History, credentialId: string | null, secret: Uint8Array | null): Promise<number>
  /** What a stranger would have to wait there; nothing is counted. */
  waitSeconds(history: History): number
  succeed(history: History, credentialId: string): void
  close(): Promise<void>
}

export type LoginProtectionParts = {
  readonly database: Database
  readonly policy: PolicySource
  readonly masterKey: Buffer
  readonly onFault: (error: unknown) => void
}

export function openLoginProtection({ database, policy, masterKey, onFault }: LoginProtectionParts): LoginProtection {
  const key = attemptKeyFrom(masterKey)
  const waiting = new Set<Promise<void>>()

  /** Work that no login waits for. A database that is away loses it: the next login says the same again. */
  function inBackground(work: Promise<void>): void {
    const guarded: Promise<void> = work.catch(onFault).finally(() => waiting.delete(guarded))
    waiting.add(guarded)
  }

  const waitOf = ({ failures }: History, familiarity: Familiarity) =>
    waitSecondsOf(policy.decide({ stage: 'login', familiarity, failures }))

  return {
    key,
    async judge(history, credentialId, secret) {
      const { account, place } = history
      if (waitOf(history, familiarityOf(history, credentialId)) === 0 && credentialId !== null) return 0
      // From here on right and wrong are one. Where the place itself has tried too much nothing is checked or kept.
      const waitOfPlace = waitOf(history, 'network')
      if (waitOfPlace > 0) return waitOfPlace
      await recordFailure(database, { guess: guessOf(key, account, place, secret), account, place })
      return waitOf(history, 'stranger')
    },
    waitSeconds: (history) => waitOf(history, 'stranger'),
    succeed(history, credentialId) {
      if (history.devices.get(credentialId) === true) return
      inBackground(rememberDevice(database, history, credentialId))
    },
    async close() {
      await Promise.all(waiting)
    },
  }
}

function familiarityOf({ devices }: History, credentialId: string | null): Familiarity {
  if (credentialId === null || devices.size === 0) return 'stranger'
  return devices.has(credentialId) ? 'device' : 'network'
}
