/** What one run knows: the message, the surroundings, the variables, what was decided so far. */
import { Budget, type CpuClock } from './budget.ts'
import type { CheckedNode, CheckedScript } from './checked-script.ts'
import { stringsTag, stringsValue } from './checked-script.ts'
import { FoldedTexts } from './folded-texts.ts'
import type { Envelope, HeaderField, MessageView } from './message-view.ts'
import { ActionList, type SeenMark } from './outcome.ts'
import { Variables } from './variables.ts'

export type Surroundings = {
  readonly envelope: Envelope
  readonly now: Date
  /** of the site, for dates without a zone of their own */
  readonly zoneMinutes: number
  /** names of RFC 5183 §4.1 and their values */
  readonly environment: Readonly<Record<string, string>>
  /** name and special use of every folder */
  readonly folders: readonly { readonly name: string; readonly specialUse: string | null }[]
  /** the owner's other scripts, for include */
  readonly includable: (name: string) => CheckedScript | null
  /** was this key marked by an earlier message, and does the mark still hold? */
  readonly wasSeen: (key: string) => boolean
  /** 0 not tested, 1 clean … 10 surely spam (RFC 5235 §2) */
  readonly spamLevel: number
  /** 0 not tested, 1 clean … 5 surely infected (RFC 5235 §3) */
  readonly virusLevel: number
  readonly cpuClock: CpuClock
}

export class RunState {
  readonly message: MessageView
  readonly surroundings: Surroundings
  readonly list = new ActionList()
  readonly budget: Budget
  readonly folded = new FoldedTexts()
  readonly seen: SeenMark[] = []
  readonly included = new Set<string>()
  readonly shared = new Map<string, string>()
  header: readonly HeaderField[]
  isEdited = false
  /** RFC 5232: what keep and fileinto set when they name no flags */
  flags: readonly string[] = []
  variables: Variables
  usesVariables: boolean

  constructor(script: CheckedScript, message: MessageView, surroundings: Surroundings) {
    this.message = message
    this.surroundings = surroundings
    this.header = message.header
    this.budget = new Budget(surroundings.cpuClock)
    this.variables = new Variables(this.shared)
    this.usesVariables = script.extensions.has('variables')
  }

  expand(text: string, { position }: CheckedNode): string {
    return this.usesVariables ? this.variables.expand(text, position) : text
  }

  texts(node: CheckedNode, index: number): string[] {
    return stringsValue(node, index).map((text) => this.expand(text, node))
  }

  text(node: CheckedNode, index: number): string {
    return this.texts(node, index)[0] ?? ''
  }

  tagTexts(node: CheckedNode, name: string): string[] | null {
    return stringsTag(node, name)?.map((text) => this.expand(text, node)) ?? null
  }

  tagText(node: CheckedNode, name: string): string | null {
    return this.tagTexts(node, name)?.[0] ?? null
  }

  editedHeader(): readonly HeaderField[] | null {
    return this.isEdited ? this.header : null
  }
}
