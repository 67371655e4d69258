/** Turns what one script decided into copies, messages and marks. See run-scripts.ts for what is refused. */
import type { Database } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import { domainOf } from '#lib/mail/domain-of.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { systemFlagBit } from '#lib/mail/message-flags.ts'
import type { Question, Verdict } from '#lib/policy/decide.ts'
import type { RuledMailbox } from '#lib/policy/in-force.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import { isAutomatic, mayAnswer } from '#lib/sieve/answer-rules.ts'
import { withHeader } from '#lib/sieve/message-bytes.ts'
import type { HeaderField } from '#lib/sieve/message-view.ts'
import type { Action, Notification, Vacation } from '#lib/sieve/outcome.ts'
import type { AcceptedMessage } from '../delivery/accepted-message.ts'
import type { Forwarding } from '../delivery/forwarding/forward-message.ts'
import { ownMessage } from '../delivery/own-message.ts'
import type { ResolveRecipient } from '../delivery/resolve-recipient.ts'
import { canonicalFolderName } from '../store/folder-name.ts'
import { createFolder } from '../store/folders.ts'
import { StoreRefusal } from '../store/store-refusal.ts'
import { composeNotification, composeVacation } from './compose-answer.ts'
import { inviteReader } from './invite-reader.ts'
import { type Answer, type Filing, type Invitation, type Mark, markKey, type RecipeEvent } from './recipe-outcome.ts'
import type { ScriptRun } from './run-scripts.ts'

export type CarryOutParts = {
  readonly database: Database
  readonly decide: (question: Question, mailbox: RuledMailbox) => Verdict
  readonly forwarding: Forwarding
  readonly resolveRecipient: ResolveRecipient
  readonly site: Pick<SiteEnv, 'domain' | 'name'>
  readonly portalUrl: string
  readonly now: () => Date
}

/** Each copy is written with a body of its own: so many bytes of one message a script may put into folders. */
const MAX_FILED_BYTES = 67_108_864

type Kind<Name extends Action['kind']> = Extract<Action, { kind: Name }>

/** Gathers what one run becomes. */
export class Deed {
  readonly filings: Filing[] = []
  readonly messages: AcceptedMessage[] = []
  readonly answers: Answer[] = []
  readonly invitations: Invitation[] = []
  readonly marks: Mark[]
  readonly events: RecipeEvent[] = []
  /** messages that are passed on to elsewhere */
  forwards = 0
  /** the text of reject or ereject */
  refusal: string | null = null
  private readonly run: ScriptRun
  private readonly message: AcceptedMessage
  private readonly parts: CarryOutParts

  constructor(run: ScriptRun, message: AcceptedMessage, parts: CarryOutParts) {
    this.run = run
    this.message = message
    this.parts = parts
    const { mailboxId } = run.owner
    this.marks = run.outcome.seen.map(({ key, seconds }) => {
      return { mailboxId, key: markKey('seen', key), kind: 'seen', seconds }
    })
    if (run.fault !== null) this.tell('recipeFailed', run.fault)
  }

  async carryOut(): Promise<this> {
    for (const action of this.run.outcome.actions) await this.carryOutOne(action)
    return this
  }

  /** The copy as it would be without a script; a suspicion of the engine still counts. */
  keep(flags: readonly string[] = [], header: readonly HeaderField[] | null = null): void {
    this.file(null, this.message.fileInto, flags, header)
  }

  tell(reason: ReasonId, detail: string): void {
    this.events.push({ mailboxId: this.run.owner.mailboxId, reason, detail })
  }

  private async carryOutOne(action: Action): Promise<void> {
    switch (action.kind) {
      case 'keep':
        return this.keep(action.flags, action.header)
      case 'fileinto':
        return this.fileInto(action)
      case 'redirect':
        return this.redirect(action)
      case 'vacation':
        return this.answer(action.vacation)
      case 'notify':
        return this.notify(action.notification)
      case 'reject':
      case 'ereject':
        this.refusal = action.reason
    }
  }

  private file(
    folderId: number | null,
    specialUse: string | null,
    names: readonly string[],
    header: readonly HeaderField[] | null,
  ): void {
    const filedBytes = (this.filings.length + 1) * this.message.content.length
    if (this.filings.length > 0 && filedBytes > MAX_FILED_BYTES) {
      this.tell('recipeFailed', 'The message is too large for so many copies')
      return
    }
    const edited = header === null ? null : withHeader(this.run.bytes, header)
    const flags = names.reduce((bits, name) => bits | (systemFlagBit(name) ?? 0), 0)
    const keywords = names.filter((name) => systemFlagBit(name) === null)
    this.filings.push({ folderId, specialUse, flags, keywords, edited })
  }

  private async fileInto(action: Kind<'fileinto'>): Promise<void> {
    const { folder, specialUse, flags, header } = action
    const name = canonicalFolderName(folder)
    const { folders } = this.run.owner
    const byUse = specialUse === null ? undefined : folders.find((each) => each.specialUse === specialUse)
    const found = byUse ?? folders.find((each) => each.name === name)
    const id = found?.id ?? (action.create ? await this.makeFolder(name) : null)
    if (id !== null) return this.file(id, null, flags, header)
    this.tell('recipeFolderMissing', folder)
    this.keep(flags, header)
  }

  /** Before the transaction: a folder more is no harm when the message is refused after all. */
  private async makeFolder(name: string): Promise<number | null> {
    const { database } = this.parts
    const { mailboxId } = this.run.owner
    try {
      await createFolder(database, mailboxId, { name, specialUse: null, isSubscribed: true })
    } catch (error) {
      if (!(error instanceof StoreRefusal)) throw error
      if (error.reason !== 'folderExists') return null
    }
    const [row] = await database.query<{ id: number }>(FIND_FOLDER, [mailboxId, name])
    return row?.id ?? null
  }

  private async redirect({ address, header }: Kind<'redirect'>): Promise<void> {
    const { owner, hasBeenHere, view, bytes } = this.run
    if (hasBeenHere) return this.keepInstead('forwardLoop', address, header)
    if (!(await this.mayWriteTo(address))) return this.keepInstead('forwardNotConfirmed', address, header)
    const target = await this.parts.resolveRecipient(address)
    if (target.kind === 'unknown' || (target.kind === 'local' && target.mailboxId === owner.mailboxId)) {
      return this.keepInstead(target.kind === 'unknown' ? 'forwardUnknown' : 'forwardLoop', address, header)
    }
    const forwarderDomain = domainOf(owner.address)
    const isLeaving = target.kind !== 'local'
    if (isLeaving && !this.mayForward()) return this.keepInstead('forwardLimitReached', address, header)
    if (isLeaving) this.forwards += 1
    // Who passes mail on to elsewhere is written down by the forwarding itself.
    const fields = (header ?? view.header).filter(({ origin }) => !isLeaving || origin !== 0)
    const passedOn = header === null && !isLeaving ? bytes : withHeader(bytes, fields)
    this.messages.push({
      ...this.message,
      sender: this.parts.forwarding.forwardedEnvelope(this.message.sender, forwarderDomain),
      recipients: [{ address, target, notify: [], originalRecipient: null }],
      traceHeader: Buffer.alloc(0),
      content: isLeaving ? await this.parts.forwarding.sealForForwarding(passedOn, owner.address) : passedOn,
      owner: null,
      fileInto: isLeaving ? null : this.message.fileInto,
    })
  }

  private mayForward(): boolean {
    const { owner } = this.run
    const forwardedToday = owner.forwardedToday + this.forwards
    return this.parts.decide({ stage: 'forward', forwardedToday }, owner).outcome === 'accept'
  }

  private keepInstead(reason: ReasonId, detail: string, header: readonly HeaderField[] | null): void {
    this.tell(reason, detail)
    const isKept = this.run.outcome.actions.some(({ kind }) => kind === 'keep') || this.filings.length > 0
    if (!isKept) this.keep([], header)
  }

  /** Addresses of ours, and those elsewhere whose readers have agreed; the others are asked, once. */
  private async mayWriteTo(address: string): Promise<boolean> {
    const parsed = parseMailAddress(address)
    if (parsed === null) return false
    const { resolveRecipient, site, portalUrl, now } = this.parts
    const target = await resolveRecipient(address)
    if (target.kind !== 'remote') return target.kind === 'local'
    const { owner } = this.run
    const canonical = canonicalAddress(parsed)
    if (owner.forwards.has(canonical)) return true
    const invitation = await inviteReader({ site, portalUrl, owner: owner.address, address, now: now() })
    const request = { mailboxId: owner.mailboxId, address: canonical, tokenHash: invitation.tokenHash }
    this.invitations.push({ request, message: ownMessage('', address, target, invitation.content) })
    return false
  }

  private async answer(vacation: Vacation): Promise<void> {
    const { owner, view: message, hasBeenHere } = this.run
    const { sender, fileInto } = this.message
    const own = [...owner.addresses, ...vacation.addresses]
    if (hasBeenHere || fileInto !== null || !mayAnswer({ message, sender, ownAddresses: own })) return
    const target = await this.parts.resolveRecipient(sender)
    if (target.kind === 'unknown') return
    const { site, now } = this.parts
    const content = await composeVacation({ owner, vacation, sender, message, domain: site.domain, now: now() })
    const key = markKey('answered', JSON.stringify([vacation.handle, sender.toLowerCase()]))
    const mark: Mark = { mailboxId: owner.mailboxId, key, kind: 'answered', seconds: vacation.periodSeconds }
    this.answers.push({ mark, message: ownMessage('', sender, target, content) })
  }

  private async notify(notification: Notification): Promise<void> {
    const { owner, view, hasBeenHere } = this.run
    if (hasBeenHere || isAutomatic(view)) return
    const { resolveRecipient, site, now } = this.parts
    for (const recipient of notification.recipients) {
      const target = await resolveRecipient(recipient)
      if (target.kind === 'unknown') continue
      if (!(await this.mayWriteTo(recipient))) this.tell('forwardNotConfirmed', recipient)
      else {
        const content = await composeNotification(owner, notification, recipient, site.domain, now())
        this.messages.push(ownMessage('', recipient, target, content))
      }
    }
  }
}

const FIND_FOLDER = {
  name: 'sieve-find-folder',
  text: 'SELECT id FROM folders WHERE mailbox_id = $1 AND name = $2',
}
