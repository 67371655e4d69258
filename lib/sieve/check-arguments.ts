/** Puts the arguments of a command or test into the places of its shape. */
import type { Value } from './checked-script.ts'
import type { Extension } from './extensions.ts'
import { SieveFault } from './fault.ts'
import type { Argument, Node } from './parser.ts'
import type { Shape, ValueKind } from './shapes.ts'

export type PlacedArguments = {
  readonly tags: ReadonlyMap<string, Argument | null>
  readonly values: readonly (Argument | null)[]
}

export function requireExtension(
  node: Pick<Node, 'position'>,
  needed: Extension | undefined,
  known: ReadonlySet<Extension>,
): void {
  if (needed !== undefined && !known.has(needed)) throw new SieveFault('extensionMissing', node.position, needed)
}

export function placeArguments(node: Node, shape: Shape, known: ReadonlySet<Extension>): PlacedArguments {
  const tags = new Map<string, Argument | null>()
  const rest: Argument[] = []
  const groups = new Map<string, string>()
  for (let index = 0; index < node.arguments.length; index++) {
    const argument = node.arguments[index] as Argument
    if (argument.kind !== 'tag') {
      rest.push(argument)
      continue
    }
    const { name, position } = argument
    const tag = shape.tags && Object.hasOwn(shape.tags, name) ? shape.tags[name] : undefined
    if (tag === undefined) throw new SieveFault('tagUnknown', position, `:${name}`)
    requireExtension(argument, tag.extension, known)
    if (tags.has(name)) throw new SieveFault('tagTwice', position, `:${name}`)
    const rival = tag.group === undefined ? undefined : groups.get(tag.group)
    if (rival !== undefined) throw new SieveFault('tagsConflict', position, `:${rival}, :${name}`)
    if (tag.group !== undefined) groups.set(tag.group, name)
    if (tag.value !== undefined) index++
    tags.set(name, tag.value === undefined ? null : ofKind(node.arguments[index], tag.value, node, `:${name}`))
  }
  return { tags, values: placeValues(node, shape, rest) }
}

function placeValues(node: Node, { values = [], isFirstOptional, isLastOptional }: Shape, given: readonly Argument[]) {
  const isShort = given.length === values.length - 1
  const placed: (Argument | undefined | null)[] = [...given]
  if (isShort && isFirstOptional) placed.unshift(null)
  else if (isShort && isLastOptional) placed.push(null)
  const surplus = given[values.length]
  if (surplus) throw new SieveFault('argumentSurplus', surplus.position, node.name)
  return values.map((kind, index) => {
    const argument = placed[index]
    return argument === null ? null : ofKind(argument, kind, node, node.name)
  })
}

function ofKind(argument: Argument | undefined, kind: ValueKind, node: Node, owner: string): Argument {
  if (argument === undefined) throw new SieveFault('argumentMissing', node.position, owner)
  const isRight =
    kind === 'number'
      ? argument.kind === 'number'
      : argument.kind === 'strings' && (kind === 'strings' || !argument.isList)
  if (!isRight) throw new SieveFault('argumentWrong', argument.position, kind)
  return argument
}

export function readValue(argument: Argument | null): Value | null {
  if (argument === null || argument.kind === 'tag') return null
  if (argument.kind === 'number') return { kind: 'number', value: argument.value }
  return { kind: 'strings', items: argument.items.map(({ text }) => text) }
}
