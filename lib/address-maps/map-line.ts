/** One line of a table in which an old system says where the mail for an address goes. */
export const mapFormats = ['postfix-virtual', 'postfix-aliases', 'csv'] as const
export type MapFormat = (typeof mapFormats)[number]

/** Why a line cannot be brought here. */
export type MapFault =
  | 'unreadable'
  | 'notAnAddress'
  | 'repeated'
  | 'catchAll'
  | 'pattern'
  | 'program'
  | 'file'
  | 'include'
  | 'foreignDomain'
  | 'unknownTarget'
  | 'severalOwners'
  | 'noMailbox'
  | 'tooManyTargets'
  | 'takenAlias'

export type MapEntry = {
  readonly kind: 'entry'
  readonly line: number
  /** in canonical form */
  readonly address: string
  /** each once */
  readonly targets: readonly string[]
}
export type FaultyLine = {
  readonly kind: 'faulty'
  readonly line: number
  /** what stands on its left */
  readonly text: string
  readonly fault: MapFault
}
export type MapLine = MapEntry | FaultyLine
