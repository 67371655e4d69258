/** The feeds, over HTTP: public, one for each language. */
import { siteEnv } from '#lib/env/site.ts'
import { webEnv } from '#lib/env/web.ts'
import { type Language, languages } from '#lib/guides/bilingual.ts'
import { atomFeed } from './atom-feed.ts'
import { calendar } from './calendar.ts'
import { listPublicAnnouncements } from './public-announcements.ts'

type Context = { readonly params: Promise<{ language: string }> }

const names: Readonly<Record<Language, (site: string) => string>> = {
  ja: (site) => `${site}からのお知らせ`,
  en: (site) => `Announcements of ${site}`,
}

export async function answerFeed(_request: Request, context: Context): Promise<Response> {
  const language = await languageOf(context)
  if (language === null) return noSuchLanguage()
  const site = siteEnv()
  const feed = {
    ...{ language, title: names[language](site.name[language]) },
    ...{ author: site.company[language], portalUrl: webEnv().portalUrl },
  }
  return answer(atomFeed(await listPublicAnnouncements(), feed), 'application/atom+xml; charset=utf-8')
}

export async function answerCalendar(_request: Request, context: Context): Promise<Response> {
  const language = await languageOf(context)
  if (language === null) return noSuchLanguage()
  const name = names[language](siteEnv().name[language])
  const { portalUrl } = webEnv()
  return answer(
    calendar(await listPublicAnnouncements(), { language, name, portalUrl }),
    'text/calendar; charset=utf-8',
  )
}

async function languageOf({ params }: Context): Promise<Language | null> {
  const asked = (await params).language
  return languages.find((language) => language === asked) ?? null
}

function answer(body: string, type: string): Response {
  return new Response(body, { headers: { 'Content-Type': type } })
}

function noSuchLanguage(): Response {
  return new Response('There are /ja/ and /en/\n', { status: 404 })
}
