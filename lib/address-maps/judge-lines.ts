/** What each line of a map means here: a further address, a forward, nothing new, or something that is not to be had. Pure. */
import { domainOf } from '#lib/mail/domain-of.ts'
import { MAX_ACTIONS } from '#lib/recipes/choices.ts'
import type { MapEntry, MapFault, MapLine } from './map-line.ts'

export type KnownAddresses = {
  readonly hostedDomains: readonly string[]
  /** to the id of the mailbox */
  readonly mailboxes: ReadonlyMap<string, number>
  readonly aliases: ReadonlyMap<string, number>
}

export type Meaning =
  | { readonly kind: 'alias'; readonly mailboxId: number }
  | {
      readonly kind: 'forward'
      readonly mailboxId: number
      readonly targets: readonly string[]
      readonly keepsCopy: boolean
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly fault: MapFault }

export type JudgedLine = {
  readonly line: number
  readonly address: string
  readonly targets: readonly string[]
  readonly meaning: Meaning
}

const refused = (fault: MapFault): Meaning => ({ kind: 'refused', fault })

export function judgeLines(lines: readonly MapLine[], known: KnownAddresses): JudgedLine[] {
  const entries = new Map(lines.flatMap((line) => (line.kind === 'entry' ? [[line.address, line]] : [])))
  const follow = (address: string) => mailboxBehind(address, known, entries)
  return lines.map((line) =>
    line.kind === 'faulty'
      ? { line: line.line, address: line.text, targets: [], meaning: refused(line.fault) }
      : { line: line.line, address: line.address, targets: line.targets, meaning: meaningOf(line, known, follow) },
  )
}

type Follow = (address: string) => number | undefined

function meaningOf(entry: MapEntry, known: KnownAddresses, follow: Follow): Meaning {
  const { address, targets } = entry
  const isHosted = (each: string) => known.hostedDomains.includes(domainOf(each))
  if (!isHosted(address)) return refused('foreignDomain')
  // virtual(5): "domain anything" declares a domain.
  if (known.hostedDomains.includes(address.slice(0, address.lastIndexOf('@')))) return { kind: 'nothing' }
  if (targets.some((target) => isHosted(target) && follow(target) === undefined)) return refused('unknownTarget')
  const own = known.mailboxes.get(address)
  if (own !== undefined) return forwardOf(own, targets, follow)
  if (!targets.every(isHosted)) return refused('noMailbox')
  const [mailboxId, ...others] = new Set(targets.map(follow))
  if (mailboxId === undefined) return refused('unknownTarget')
  if (others.length > 0) return refused('severalOwners')
  const holder = known.aliases.get(address)
  if (holder !== undefined) return holder === mailboxId ? { kind: 'nothing' } : refused('takenAlias')
  return { kind: 'alias', mailboxId }
}

/** A mailbox that is among its own targets keeps what it forwards. */
function forwardOf(mailboxId: number, targets: readonly string[], follow: Follow): Meaning {
  const others = targets.filter((target) => follow(target) !== mailboxId)
  if (others.length === 0) return { kind: 'nothing' }
  if (others.length > MAX_ACTIONS) return refused('tooManyTargets')
  return { kind: 'forward', mailboxId, targets: others, keepsCopy: others.length < targets.length }
}

/** Also by way of lines of the same map: "postmaster: root" and "root: taro". */
function mailboxBehind(
  written: string,
  { mailboxes, aliases }: KnownAddresses,
  entries: ReadonlyMap<string, MapEntry>,
): number | undefined {
  const passed = new Set<string>()
  for (let address = written.toLowerCase(); !passed.has(address); ) {
    const found = mailboxes.get(address) ?? aliases.get(address)
    if (found !== undefined) return found
    passed.add(address)
    const [next, ...others] = entries.get(address)?.targets ?? []
    if (next === undefined || others.length > 0) return undefined
    address = next.toLowerCase()
  }
  return undefined
}
