/** The public announcements as an Atom feed (RFC 4287): an entry keeps its id for ever, an amendment moves `updated`. */
import type { Language } from '#lib/guides/bilingual.ts'
import { element, xmlDocument } from '#lib/xml/xml.ts'
import { announcementUrl, feedUrl } from './announcement-links.ts'
import type { PublicAnnouncement } from './public-announcements.ts'

type Feed = { readonly language: Language; readonly title: string; readonly author: string; readonly portalUrl: string }

export function atomFeed(announcements: readonly PublicAnnouncement[], feed: Feed): string {
  const { language, title, author, portalUrl } = feed
  const self = feedUrl(portalUrl, language)
  const updated = new Date(
    Math.max(0, ...announcements.map(({ changedAt, publishAt }) => +later(changedAt, publishAt))),
  )
  return xmlDocument(
    element(
      'feed',
      [
        element('id', self),
        element('title', title),
        element('updated', updated.toISOString()),
        element('author', [element('name', author)]),
        element('link', [], { rel: 'self', href: self }),
        ...announcements.map((announcement) => entry(announcement, language, portalUrl)),
      ],
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language },
    ),
  )
}

function entry({ id, document, publishAt, changedAt }: PublicAnnouncement, language: Language, portalUrl: string) {
  const { title, lead } = document[language]
  return element('entry', [
    element('id', `urn:uuid:${id}`),
    element('title', title),
    element('published', publishAt.toISOString()),
    element('updated', later(changedAt, publishAt).toISOString()),
    element('link', [], { rel: 'alternate', href: announcementUrl(portalUrl, language, id) }),
    element('summary', lead),
  ])
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}
