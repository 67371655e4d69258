/** What a reader's browser is to keep for a year, in a cookie that the server alone reads: the first paint is already right. */
import { cookies } from 'next/headers'
import { hostCookie } from './host-cookie.ts'

const ONE_YEAR_SECONDS = 31_536_000

export async function keptChoice(bareName: string): Promise<string | undefined> {
  return (await cookies()).get(hostCookie(bareName).name)?.value
}

export async function keepChoice(bareName: string, value: string): Promise<void> {
  const { name, options } = hostCookie(bareName)
  const jar = await cookies()
  jar.set(name, value, { ...options, maxAge: ONE_YEAR_SECONDS })
}
