/** A script that holds to the rules: what the checker makes and the interpreter runs. */
import type { Extension } from './extensions.ts'
import type { Position } from './fault.ts'

export type Value =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'strings'; readonly items: readonly string[] }

export type CheckedNode = {
  readonly name: string
  readonly position: Position
  /** null for a tag that stands alone */
  readonly tags: ReadonlyMap<string, Value | null>
  /** in the order of the shape; null for one that was left out */
  readonly values: readonly (Value | null)[]
  readonly tests: readonly CheckedNode[]
  readonly block: readonly CheckedNode[]
}

export type CheckedScript = {
  readonly commands: readonly CheckedNode[]
  readonly extensions: ReadonlySet<Extension>
}

export function numberTag({ tags }: CheckedNode, name: string): number | null {
  const value = tags.get(name)
  return value?.kind === 'number' ? value.value : null
}

export function stringsTag({ tags }: CheckedNode, name: string): readonly string[] | null {
  const value = tags.get(name)
  return value?.kind === 'strings' ? value.items : null
}

export function numberValue({ values }: CheckedNode, index: number): number {
  const value = values[index]
  return value?.kind === 'number' ? value.value : 0
}

/** Empty for one that was left out. */
export function stringsValue({ values }: CheckedNode, index: number): readonly string[] {
  const value = values[index]
  return value?.kind === 'strings' ? value.items : []
}
