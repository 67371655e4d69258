/** What a time zone is called: 日本時間, Eastern Time. */
export function zoneName(language: string, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
