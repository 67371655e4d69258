/** The theme that the reader chose, in a cookie that the server reads: the first paint is already right. */
import { cookies } from 'next/headers'
import { hostCookie } from './host-cookie.ts'

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

const cookie = () => hostCookie('theme')
const ONE_YEAR_SECONDS = 31_536_000

/** @returns null to follow the reader's system */
export async function chosenTheme(): Promise<Theme | null> {
  const value = (await cookies()).get(cookie().name)?.value
  return themes.find((theme) => theme === value) ?? null
}

export async function rememberTheme(theme: Theme): Promise<void> {
  const jar = await cookies()
  const { name, options } = cookie()
  jar.set(name, theme, { ...options, maxAge: ONE_YEAR_SECONDS })
}
