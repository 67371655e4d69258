/**
 * What a person does in a client's account dialog, as data: pages print it as steps, drawings show it as a dialog,
 * and the values are filled in from the one record of hosts and ports. Labels are exact or absent.
 */
import type { Bilingual } from './bilingual.ts'
import { type Fact, unknown } from './fact.ts'

/** What goes into a field. The name, never the value: a dialog knows no host. */
export const slotNames = [
  'incomingHost',
  'incomingPort',
  'outgoingHost',
  'outgoingPort',
  'userName',
  'password',
  'address',
  'personName',
] as const
export type SlotName = (typeof slotNames)[number]

/** A choice of ours that decides which option of a list is the right one. */
export type Chooser = 'receiving' | 'incomingSecurity' | 'outgoingSecurity'

export type Step =
  /** Menus, tabs and buttons, one after the other. */
  | { readonly kind: 'open'; readonly path: readonly string[] }
  /** A `label` or `option` of null is one that nobody found: the page describes it in general words. */
  | { readonly kind: 'fill'; readonly label: string | null; readonly slot: SlotName }
  | { readonly kind: 'leaveEmpty'; readonly label: string }
  | { readonly kind: 'turn'; readonly label: string; readonly on: boolean }
  /** A check box that is on for one choice of ours and off for the others. */
  | { readonly kind: 'turnIf'; readonly label: string; readonly by: Chooser; readonly is: string }
  | { readonly kind: 'choose'; readonly label: string | null; readonly option: string }
  | { readonly kind: 'avoid'; readonly label: string; readonly option: string }
  /** The option depends on what the reader chose; keys are the chooser's values. */
  | { readonly kind: 'match'; readonly label: string | null; readonly by: Chooser; readonly options: Options }
  /** A line of a configuration file; {slot} stands for a value. */
  | { readonly kind: 'write'; readonly line: string }
  | { readonly kind: 'say'; readonly text: Bilingual }
  /** Steps for one choice only, such as receiving by IMAP. */
  | { readonly kind: 'only'; readonly by: Chooser; readonly is: string; readonly step: Step }

export type Options = Readonly<Record<string, string>>

export const purposes = ['incoming', 'outgoing', 'authentication', 'credentials', 'ports'] as const
export type Purpose = (typeof purposes)[number]

/** What a section of a guide is about; POP before SMTP takes the place of authentication. */
export type SectionPurpose = Purpose | 'popBeforeSmtp'

/** The labels of the Japanese and of the English edition; one, both or neither may be known. */
export type Labels = { readonly ja: Fact<readonly Step[]>; readonly en: Fact<readonly Step[]> }

export type Dialog = Readonly<Record<Purpose, Labels>> & {
  /** The client logs in to POP by itself before it sends. */
  readonly popBeforeSmtp?: Labels
  /** Where the labels were found, if that is another version than the client's own. */
  readonly labelsFrom?: Bilingual
}

export const noLabels: Labels = { ja: unknown, en: unknown }

export const noDialog: Dialog = {
  incoming: noLabels,
  outgoing: noLabels,
  authentication: noLabels,
  credentials: noLabels,
  ports: noLabels,
}

export const open = (...path: string[]): Step => ({ kind: 'open', path })
export const fill = (label: string | null, slot: SlotName): Step => ({ kind: 'fill', label, slot })
export const leaveEmpty = (label: string): Step => ({ kind: 'leaveEmpty', label })
export const turnOn = (label: string): Step => ({ kind: 'turn', label, on: true })
export const turnOff = (label: string): Step => ({ kind: 'turn', label, on: false })
export const turnIf = (label: string, by: Chooser, is: string): Step => ({ kind: 'turnIf', label, by, is })
export const choose = (label: string | null, option: string): Step => ({ kind: 'choose', label, option })
export const avoid = (label: string, option: string): Step => ({ kind: 'avoid', label, option })
export const match = (label: string | null, by: Chooser, options: Options): Step => ({
  kind: 'match',
  label,
  by,
  options,
})
export const write = (line: string): Step => ({ kind: 'write', line })
export const say = (ja: string, en: string): Step => ({ kind: 'say', text: { ja, en } })
export const only = (by: Chooser, is: string, step: Step): Step => ({ kind: 'only', by, is, step })

export const selectAccount: Step = say(
  '設定を変えるアカウントを選びます。',
  'Select the account whose settings you want to change.',
)
export const enterAddress: Step = say('メールアドレスを入力します。', 'Enter your mail address.')
