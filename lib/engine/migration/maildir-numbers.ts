/**
 * The numbers that an old server gave to the files of a Maildir: Dovecot's `dovecot-uidlist` (versions 1 and 3),
 * Courier's `courierimapuiddb`, and the UIDLs of Courier's `courierpop3dsizelist`. Pure.
 *
 * A file is known by its name up to the ":" before its flags. Lines that are none of these are passed over.
 */

export type MaildirNumbers = {
  readonly uidValidity: number
  readonly uidNext: number
  /** by base name */
  readonly uids: ReadonlyMap<string, number>
  /** by base name; where an operator had Dovecot keep the UIDLs of an earlier move */
  readonly uidls: ReadonlyMap<string, string>
}

export const baseName = (file: string): string => file.split(':2,', 1)[0] ?? file

export function readDovecotUidList(text: string): MaildirNumbers | null {
  const [head = '', ...lines] = text.split('\n')
  const header = /^3 (.*)$/.exec(head)?.[1]
  if (header === undefined) return readUidDatabase(text)
  const field = (letter: string) => Number(new RegExp(`(?:^| )${letter}(\\d+)`).exec(header)?.[1] ?? 0)
  const uids = new Map<string, number>()
  const uidls = new Map<string, string>()
  for (const line of lines) {
    const [, uid, extensions = '', file] = /^(\d+)((?: [^: ]\S*)*) :(.+)$/.exec(line) ?? []
    if (uid === undefined || file === undefined) continue
    uids.set(baseName(file), Number(uid))
    const uidl = / P(\S+)/.exec(extensions)?.[1]
    if (uidl !== undefined) uidls.set(baseName(file), uidl)
  }
  return { uidValidity: field('V'), uidNext: field('N'), uids, uidls }
}

/** Dovecot's first version and Courier's list look alike: "1 validity next", then "uid file". */
export function readUidDatabase(text: string): MaildirNumbers | null {
  const [head = '', ...lines] = text.split('\n')
  const [, uidValidity, uidNext] = /^1 (\d+) (\d+)/.exec(head) ?? []
  if (uidValidity === undefined || uidNext === undefined) return null
  const uids = lines.flatMap((line): [string, number][] => {
    const [, uid, file] = /^(\d+) (.+)$/.exec(line) ?? []
    return uid === undefined || file === undefined ? [] : [[baseName(file), Number(uid)]]
  })
  return { uidValidity: Number(uidValidity), uidNext: Number(uidNext), uids: new Map(uids), uidls: new Map() }
}

/** "/2 next validity", then "file size uid:validity": Courier showed these as UID12-1600000000. */
export function readCourierUidls(text: string): ReadonlyMap<string, string> {
  const [head = '', ...lines] = text.split('\n')
  if (!head.startsWith('/2 ')) return new Map()
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, file, uid, validity] = /^(\S+) \d+ (\d+):(\d+)$/.exec(line) ?? []
      return file === undefined ? [] : [[baseName(file), `UID${uid}-${validity}`]]
    }),
  )
}

/** Dovecot's default `pop3_uidl_format`, %08Xu%08Xv. */
export function dovecotUidl(uid: number, uidValidity: number): string {
  const hex = (value: number) => value.toString(16).padStart(8, '0')
  return `${hex(uid)}${hex(uidValidity)}`
}
