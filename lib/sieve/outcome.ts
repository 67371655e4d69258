/** What a run decides, and the rules of what may be decided together. */
import { type Fault, type Position, SieveFault } from './fault.ts'
import { MAX_ACTIONS, MAX_REDIRECTS } from './limits.ts'
import type { HeaderField } from './message-view.ts'

/** The header as it is when the action is decided; null when the script changed nothing. */
type Edited = { readonly header: readonly HeaderField[] | null }

export type Vacation = {
  readonly periodSeconds: number
  readonly subject: string | null
  readonly from: string | null
  readonly addresses: readonly string[]
  readonly isMime: boolean
  readonly handle: string
  readonly reason: string
}

export type Notification = {
  readonly recipients: readonly string[]
  readonly from: string | null
  readonly importance: '1' | '2' | '3'
  readonly message: string
  readonly body: string | null
}

export type Action =
  | ({ readonly kind: 'keep'; readonly flags: readonly string[]; readonly isImplicit: boolean } & Edited)
  | ({
      readonly kind: 'fileinto'
      readonly folder: string
      readonly create: boolean
      readonly specialUse: string | null
      readonly flags: readonly string[]
    } & Edited)
  | ({ readonly kind: 'redirect'; readonly address: string } & Edited)
  | { readonly kind: 'reject' | 'ereject'; readonly reason: string }
  | { readonly kind: 'discard' }
  | { readonly kind: 'vacation'; readonly vacation: Vacation }
  | { readonly kind: 'notify'; readonly notification: Notification }

export type SeenMark = { readonly key: string; readonly seconds: number }

export type Outcome = {
  readonly actions: readonly Action[]
  /** why the message was only kept, when the script broke off */
  readonly fault: Fault | null
  /** what later duplicate tests are to know (RFC 7352), once the message is delivered */
  readonly seen: readonly SeenMark[]
}

const isDelivery = ({ kind }: Action) => kind === 'keep' || kind === 'fileinto' || kind === 'redirect'
const isRefusal = ({ kind }: Action) => kind === 'reject' || kind === 'ereject'

/** Gathers the actions of one run. Each one that is decided counts, even when it changes nothing. */
export class ActionList {
  readonly actions: Action[] = []
  keepsImplicitly = true
  private decided = 0

  add(action: Action, position: Position): void {
    if (++this.decided > MAX_ACTIONS) throw new SieveFault('tooManyActions', position, String(MAX_ACTIONS))
    if (this.conflicts(action)) throw new SieveFault('actionsConflict', position, action.kind)
    const same = this.actions.findIndex((each) => isSame(each, action))
    if (same >= 0) this.actions[same] = action
    else this.actions.push(action)
    const redirects = this.actions.filter(({ kind }) => kind === 'redirect').length
    if (redirects > MAX_REDIRECTS) throw new SieveFault('tooManyRedirects', position, String(MAX_REDIRECTS))
  }

  /** RFC 5429 §2.2, RFC 5230 §4.7, RFC 5230 §4.2: one answer to a sender, and none beside a refusal. */
  private conflicts(action: Action): boolean {
    if (isRefusal(action)) {
      return this.actions.some((each) => isDelivery(each) || isRefusal(each) || each.kind === 'vacation')
    }
    if (action.kind === 'vacation') {
      return this.actions.some((each) => isRefusal(each) || each.kind === 'vacation')
    }
    return isDelivery(action) && this.actions.some(isRefusal)
  }
}

/** The same message goes into a folder, or to an address, once. */
function isSame(one: Action, other: Action): boolean {
  if (one.kind === 'fileinto' && other.kind === 'fileinto') return one.folder === other.folder
  if (one.kind === 'redirect' && other.kind === 'redirect') {
    return one.address.toLowerCase() === other.address.toLowerCase()
  }
  return one.kind === other.kind && (one.kind === 'keep' || one.kind === 'discard')
}
