export type NavItem = {
  readonly href: string
  readonly label: string
  /** how many things wait there for the reader */
  readonly waiting?: number
}
export type NavGroup = { readonly label: string; readonly items: readonly NavItem[] }
export type NavEntry = NavItem | NavGroup

/** A page below another belongs to the longest address of the menu that leads to it. */
export function currentHref(entries: readonly NavEntry[], pathname: string): string | null {
  const all = entries.flatMap((entry) => ('href' in entry ? [entry] : entry.items))
  const fitting = all.filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
  return fitting.toSorted((one, other) => other.href.length - one.href.length)[0]?.href ?? null
}
