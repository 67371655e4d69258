/** What the catalogue knows of one mail client. Every fact carries its confidence and source. */
import type { Bilingual } from './bilingual.ts'
import type { Dialog } from './dialog.ts'
import type { Fact } from './fact.ts'
import type { WarningId } from './warnings.ts'

export const platforms = ['windows', 'macos', 'ios', 'android', 'linux', 'macintosh', 'server'] as const
export type Platform = (typeof platforms)[number]

/** `notice`: a row of the notice's table of 2002. `modern`: what people use today. */
export const eras = ['notice', 'modern'] as const
export type Era = (typeof eras)[number]

export const lifeStates = [
  'current',
  'maintenance',
  'discontinued',
  'dormant',
  'renamed',
  'continued-as-newer-version',
] as const
export type LifeState = (typeof lifeStates)[number]

export const smtpAuthSupports = ['verified', 'documented', 'unsupported', 'field-without-function'] as const
export type SmtpAuthSupport = (typeof smtpAuthSupports)[number]

/** `automatic`: the client can log in to POP by itself before it sends. `impossible`: its address is not the reader's. */
export const popBeforeSmtpAbilities = ['automatic', 'manual', 'impossible'] as const
export type PopBeforeSmtpAbility = (typeof popBeforeSmtpAbilities)[number]

/** `obsolete`: TLS 1.0 at most, or none. `current`: TLS 1.2 or newer. */
export const tlsAges = ['current', 'obsolete'] as const
export type TlsAge = (typeof tlsAges)[number]

/** What goes into the client's user name field; `mail-address` is ※1 of the notice. */
export const userNameForms = ['pop-user-name', 'mail-address', 'name-at-pop-host', 'either'] as const
export type UserNameForm = (typeof userNameForms)[number]

export type Client = {
  readonly id: string
  readonly name: Bilingual
  readonly version: string
  readonly vendor: Fact<string>
  readonly era: Era
  readonly platforms: readonly Platform[]
  readonly released: Fact<number>
  readonly life: Fact<{ readonly state: LifeState; readonly endedIn: number | null }>
  /** the id of the client to move to */
  readonly successor: string | null
  /** kana, romaji and other ways in which people call it */
  readonly searchNames: readonly string[]
  readonly smtpAuth: Fact<SmtpAuthSupport>
  /** SASL mechanisms, in the order in which the client prefers them where that is known */
  readonly mechanisms: Fact<readonly string[]>
  readonly popBeforeSmtp: Fact<PopBeforeSmtpAbility>
  readonly pop3: Fact<boolean>
  readonly apop: Fact<boolean>
  readonly pop3Tls: Fact<boolean>
  readonly imap: Fact<boolean>
  readonly tls: Fact<TlsAge>
  readonly startTls: Fact<'any-port' | 'port-25-only'>
  readonly implicitTls: Fact<boolean>
  readonly portConfigurable: Fact<boolean>
  readonly userNameForm: Fact<UserNameForm>
  /** ways in which the client finds its settings by itself */
  readonly discovery: Fact<readonly string[]>
  readonly dialog: Dialog
  readonly warnings: readonly WarningId[]
}
