/** Where a script forwards to, as far as its text says so: addresses that variables make up show only when it runs. */
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { type CheckedNode, type CheckedScript, stringsValue } from './checked-script.ts'

/** @param ownDomains whose addresses nobody has to be asked about @returns each once, in canonical form */
export function forwardTargets({ commands }: CheckedScript, ownDomains: readonly string[]): string[] {
  const texts = commands.flatMap(function redirectsIn(node: CheckedNode): readonly string[] {
    return node.name === 'redirect' ? stringsValue(node, 0) : node.block.flatMap(redirectsIn)
  })
  const addresses = texts.flatMap((text) => parseMailAddress(text) ?? [])
  return [...new Set(addresses.filter(({ domain }) => !ownDomains.includes(domain)).map(canonicalAddress))]
}
