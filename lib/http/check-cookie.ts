/** The code that this browser was given by the doctor: in a cookie that no script reads, so that it is nobody else's. */
import { cookies } from 'next/headers'
import { z } from 'zod'
import { checkCodeSeconds } from '#lib/attempts/check-code.ts'
import { hostCookie } from './host-cookie.ts'

const cookie = () => hostCookie('check')
const cookieValue = z.string().regex(/^[a-z2-9]{6}\.\d{13}$/)

export type GivenCode = { readonly code: string; readonly expiresAt: string }

/** @returns null when there is none, or it has run out */
export async function givenCheckCode(): Promise<GivenCode | null> {
  const { data } = cookieValue.safeParse((await cookies()).get(cookie().name)?.value)
  const [code, expiresAtMs] = data?.split('.') ?? []
  if (code === undefined || Number(expiresAtMs) < Date.now()) return null
  return { code, expiresAt: new Date(Number(expiresAtMs)).toISOString() }
}

export async function rememberCheckCode({ code, expiresAt }: GivenCode): Promise<void> {
  const jar = await cookies()
  const { name, options } = cookie()
  const value = `${code}.${Date.parse(expiresAt)}`
  jar.set(name, value, { ...options, sameSite: 'strict', maxAge: checkCodeSeconds })
}
