/** Where announcements are found from outside: links in feeds are absolute. */
import type { Language } from '#lib/guides/bilingual.ts'

export function announcementUrl(portalUrl: string, language: Language, id: string): string {
  return `${portalUrl}${language === 'ja' ? '' : `/${language}`}/announcements/${id}`
}

export function feedUrl(portalUrl: string, language: Language): string {
  return `${portalUrl}/api/announcements/${language}/feed.xml`
}
