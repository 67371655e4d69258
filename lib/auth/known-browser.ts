/**
 * The cookie by which the portal knows a browser again that somebody has signed in with (OWASP: device cookies).
 * It opens nothing: it only gives that browser a count of its own, which nobody else can use up.
 */
import { randomUUID } from 'node:crypto'
import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { knownDays } from '#lib/attempts/history.ts'
import { nextAuthSecret } from '#lib/env/web.ts'
import { hostCookie } from '#lib/http/host-cookie.ts'
import type { BrowserMemory } from './sign-in-protection.ts'

/** `accounts`: as lib/attempts names them, the latest first; a family may share one browser. */
const contentSchema = z.object({ browser: z.uuid(), accounts: z.array(z.string()) })
type Content = z.infer<typeof contentSchema>

const MAX_ACCOUNTS = 5
const SALT = 'known-browser'
const maxAgeSeconds = knownDays * 86_400

const cookie = () => hostCookie('browser')

async function readContent(): Promise<Content | null> {
  const token = (await cookies()).get(cookie().name)?.value
  if (token === undefined) return null
  try {
    return contentSchema.safeParse(await decode({ token, secret: nextAuthSecret(), salt: SALT })).data ?? null
  } catch {
    return null // not one of ours: forged, too old, or from before the key changed
  }
}

/** @returns the browser's own id; null unless it has signed in to this very account */
async function recall(account: string): Promise<string | null> {
  const content = await readContent()
  return content?.accounts.includes(account) ? content.browser : null
}

async function keep(account: string): Promise<void> {
  const { browser = randomUUID(), accounts = [] } = (await readContent()) ?? {}
  const content: Content = {
    browser,
    accounts: [account, ...accounts.filter((other) => other !== account)].slice(0, MAX_ACCOUNTS),
  }
  const value = await encode({ token: content, secret: nextAuthSecret(), salt: SALT, maxAge: maxAgeSeconds })
  const jar = await cookies()
  const { name, options } = cookie()
  jar.set(name, value, { ...options, maxAge: maxAgeSeconds })
}

export const browserCookie: BrowserMemory = { recall, keep }
