/** RFC 6154 uses of folders, by the names that servers and mail programs gave them where nothing says more. */
const SPECIAL_USES: Readonly<Record<string, string>> = {
  sent: '\\Sent',
  'sent items': '\\Sent',
  'sent messages': '\\Sent',
  drafts: '\\Drafts',
  trash: '\\Trash',
  'deleted items': '\\Trash',
  junk: '\\Junk',
  spam: '\\Junk',
  archive: '\\Archive',
}

export function specialUseOf(levels: readonly string[]): string | null {
  return SPECIAL_USES[levels.join('/').toLowerCase()] ?? null
}
