/**
 * Checks a whole script before it may run (RFC 5228 §2.10.5): grammar, extensions, arguments and every value that is
 * known beforehand. What passes can still fail for one message, but never for what the script itself says.
 */
import { placeArguments, readValue, requireExtension } from './check-arguments.ts'
import { checkValues, namesSet } from './check-values.ts'
import type { CheckedNode, CheckedScript } from './checked-script.ts'
import { decodeEncodedCharacters } from './encoded-character.ts'
import { type Extension, isExtension, withImplied } from './extensions.ts'
import { type Fault, SieveFault } from './fault.ts'
import { MAX_SCRIPT_BYTES, MAX_VARIABLES } from './limits.ts'
import { type Argument, type Node, parseScript } from './parser.ts'
import { commandShapes, type Shape, testShapes } from './shapes.ts'

export type CheckResult =
  | { readonly outcome: 'valid'; readonly script: CheckedScript }
  | { readonly outcome: 'faulty'; readonly fault: Fault }

class Checker {
  readonly extensions = new Set<Extension>()
  private readonly variables = new Set<string>()

  script(nodes: readonly Node[]): CheckedNode[] {
    const firstOther = nodes.findIndex(({ name }) => name !== 'require')
    const head = firstOther < 0 ? nodes : nodes.slice(0, firstOther)
    for (const node of head) this.require(node)
    return this.commands(nodes.slice(head.length))
  }

  private require(node: Node): void {
    const { values } = placeArguments(node, shapeOf(commandShapes, node, 'unknownCommand'), this.extensions)
    const [names] = values
    for (const { text, position } of names?.kind === 'strings' ? names.items : []) {
      if (!isExtension(text)) throw new SieveFault('extensionUnknown', position, text.slice(0, 80))
      for (const each of withImplied(text)) this.extensions.add(each)
    }
  }

  private commands(nodes: readonly Node[]): CheckedNode[] {
    return nodes.map((node, index) => {
      if (node.name === 'require') throw new SieveFault('requireTooLate', node.position)
      const before = nodes[index - 1]?.name
      const isBranch = node.name === 'elsif' || node.name === 'else'
      if (isBranch && before !== 'if' && before !== 'elsif') {
        throw new SieveFault('elseWithoutIf', node.position, node.name)
      }
      return this.command(node)
    })
  }

  private command(node: Node): CheckedNode {
    const shape = shapeOf(commandShapes, node, 'unknownCommand')
    const checked = this.node(node, shape)
    if (shape.hasBlock && node.block === null) throw new SieveFault('blockMissing', node.position, node.name)
    if (!shape.hasBlock && node.block !== null) throw new SieveFault('blockSurplus', node.position, node.name)
    for (const { name, position } of namesSet(node)) {
      this.variables.add(name)
      if (this.variables.size > MAX_VARIABLES) throw new SieveFault('tooManyVariables', position, String(MAX_VARIABLES))
    }
    return { ...checked, block: this.commands(node.block ?? []) }
  }

  private node(node: Node, shape: Shape): CheckedNode {
    requireExtension(node, shape.extension, this.extensions)
    const decoded = this.extensions.has('encoded-character') ? { ...node, arguments: node.arguments.map(decode) } : node
    const placed = placeArguments(decoded, shape, this.extensions)
    checkTestCount(node, shape)
    checkValues({ node: decoded, placed, known: this.extensions })
    return {
      name: node.name,
      position: node.position,
      tags: new Map([...placed.tags].map(([name, argument]) => [name, readValue(argument)])),
      values: placed.values.map(readValue),
      tests: node.tests.map((test) => this.node(test, shapeOf(testShapes, test, 'unknownTest'))),
      block: [],
    }
  }
}

function shapeOf(
  shapes: Readonly<Record<string, Shape>>,
  { name, position }: Node,
  code: 'unknownCommand' | 'unknownTest',
): Shape {
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
  if (shape === undefined) throw new SieveFault(code, position, name.slice(0, 80))
  return shape
}

function checkTestCount({ name, position, tests }: Node, { tests: wanted }: Shape): void {
  if (wanted === undefined && tests[0]) throw new SieveFault('testSurplus', tests[0].position, name)
  if (wanted !== undefined && tests.length === 0) throw new SieveFault('testMissing', position, name)
  if (wanted === 'one' && tests[1]) throw new SieveFault('testSurplus', tests[1].position, name)
}

function decode(argument: Argument): Argument {
  if (argument.kind !== 'strings') return argument
  const items = argument.items.map(({ text, position }) => {
    const decoded = decodeEncodedCharacters(text)
    if (decoded === null) throw new SieveFault('valueNotAllowed', position, text.slice(0, 80))
    return { text: decoded, position }
  })
  return { ...argument, items }
}

/** @throws SieveFault */
function check(text: string): CheckedScript {
  if (Buffer.byteLength(text) > MAX_SCRIPT_BYTES) {
    throw new SieveFault('scriptTooLarge', { line: 1, column: 1 }, String(MAX_SCRIPT_BYTES))
  }
  const checker = new Checker()
  const commands = checker.script(parseScript(text))
  return { commands, extensions: checker.extensions }
}

export function checkScript(text: string): CheckResult {
  try {
    return { outcome: 'valid', script: check(text) }
  } catch (error) {
    if (!(error instanceof SieveFault)) throw error
    return { outcome: 'faulty', fault: error.fault }
  }
}
