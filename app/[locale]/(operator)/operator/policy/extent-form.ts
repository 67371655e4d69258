/** Whom a new version is to rule for, as a form says it. */
import type { FormValues } from '#lib/http/form-values.ts'
import type { Extent } from '#lib/policy/in-force.ts'

export const extentKinds = ['all', 'percent', 'domains'] as const

/** @returns null for everybody; what cannot be one, for the schema to refuse */
export function extentFrom(values: FormValues): unknown {
  const text = (name: string) => String(values[name] ?? '').normalize('NFKC')
  const kind = values['extent.kind'] ?? 'all'
  if (kind === 'all') return null
  if (kind === 'percent') return { kind, percent: Number(text('extent.percent').trim() || Number.NaN) }
  const domains = text('extent.domains')
    .toLowerCase()
    .split(/[\s,、]+/)
  return { kind, domains: domains.filter((domain) => domain !== '') }
}

export function extentValues(extent: Extent | null): { kind: string; percent: string; domains: string } {
  return {
    kind: extent?.kind ?? 'all',
    percent: extent?.kind === 'percent' ? String(extent.percent) : '10',
    domains: extent?.kind === 'domains' ? extent.domains.join(', ') : '',
  }
}
