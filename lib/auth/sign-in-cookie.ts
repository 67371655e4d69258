/** Knows a browser again between the steps of one sign-in. Its token opens nothing. */
import { newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'
import { signInMinutes } from './pending-sign-in.ts'
import { type TokenCookie, tokenCookie } from './token-cookie.ts'

export function signInCookie(): TokenCookie {
  return tokenCookie('sign-in', signInMinutes * 60, 'sign-in')
}

/** The token that this browser has, or a new one. */
export async function browserToken(): Promise<string> {
  const known = await signInCookie().read()
  if (known !== null) return known
  const token = newBearerToken()
  await signInCookie().write(token)
  return token
}
