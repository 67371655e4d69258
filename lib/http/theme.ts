import { keepChoice, keptChoice } from './kept-choice.ts'

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

const COOKIE = 'theme'

/** The theme that the reader chose. @returns null to follow the reader's system */
export async function chosenTheme(): Promise<Theme | null> {
  const value = await keptChoice(COOKIE)
  return themes.find((theme) => theme === value) ?? null
}

export async function rememberTheme(theme: Theme): Promise<void> {
  await keepChoice(COOKIE, theme)
}
