/**
 * Guessing at the portal's door, counted together with all other doors (lib/attempts). People choose these passwords,
 * so here an attempt counts before it is checked, that a burst of parallel tries gains nothing, and is taken back when
 * it was right. A browser that has signed in to the account before has a count of its own, so that nobody else can use
 * it up, also not from the subscriber's own address. What a stranger hears, and the work behind it, is the same for known and unknown logins.
 */
import { attemptKeyFrom, guessOf, portalAccount, portalBrowser } from '#lib/attempts/attempt-key.ts'
import { placeOf } from '#lib/attempts/place.ts'
import { readHistory, recordFailure, rememberDevice, takeBackFailure } from '#lib/attempts/repository.ts'
import { prismaQueryable } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { currentPolicy, decide, type Familiarity, waitSecondsOf } from '#lib/policy/index.ts'
import type { LoginFailures } from '#lib/policy/login-limits.ts'
import { recordSignIn, type SignInOutcome } from './sign-in-record.ts'

export type Admission =
  /** The place itself has tried too much: nothing may be checked. */
  | { readonly outcome: 'tooMany'; readonly waitSeconds: number }
  | {
      readonly outcome: 'admitted'
      /** @returns how long whoever gave a wrong password has to wait before the next; 0: they may try again */
      wasWrong(): number
      /** @returns the seconds to wait all the same, where the account is not known and others have tried too much */
      wasRight(): Promise<number>
    }

const BROWSER = 'portal'

/** What the browser itself carries: its id, where it has signed in to this account before. */
export interface BrowserMemory {
  recall(account: string): Promise<string | null>
  keep(account: string): Promise<void>
}

/** For doors at which no browser is known. */
export const forgetful: BrowserMemory = { recall: async () => null, keep: async () => {} }

export async function admitSignIn(
  login: string,
  password: string,
  address: string,
  memory: BrowserMemory,
): Promise<Admission> {
  const database = prismaQueryable()
  const key = attemptKeyFrom(secretsEnv().masterKey)
  const place = placeOf(address)
  const account = portalAccount(key, login)
  const browser = await memory.recall(account)
  const counted = browser === null ? account : portalBrowser(key, account, browser)
  const guess = guessOf(key, counted, place, password.normalize('NFKC'))

  const isNew = await recordFailure(database, { guess, account: counted, place })
  const [history, { document }] = await Promise.all([readHistory(database, counted, place, guess), currentPolicy()])
  const failures = browser === null ? history.failures : countOfBrowser(history.failures)
  const waitOf = (familiarity: Familiarity) =>
    waitSecondsOf(decide({ stage: 'login', familiarity, failures }, document))

  const record = (outcome: SignInOutcome) => recordSignIn({ outcome, by: 'secret', account, address })
  const waitSeconds = waitOf('network')
  if (waitSeconds > 0) {
    record('tooMany')
    if (isNew) await takeBackFailure(database, guess)
    return { outcome: 'tooMany', waitSeconds }
  }
  return {
    outcome: 'admitted',
    wasWrong() {
      record('wrong')
      return waitOf('stranger')
    },
    async wasRight() {
      const stillWaits = history.devices.size > 0 ? 0 : waitOf('stranger')
      record(stillWaits > 0 ? 'tooMany' : 'right')
      if (stillWaits > 0) return stillWaits
      await takeBackFailure(database, guess)
      if (history.devices.get(BROWSER) !== true) await rememberDevice(database, { account, place }, BROWSER)
      await memory.keep(account)
      return 0
    },
  }
}

/** It may be wrong as often as an address may. */
function countOfBrowser({ account }: LoginFailures): LoginFailures {
  return { address: account, ipv6Network: [], ipv6Site: [], ipv4Network: [], account: [] }
}
