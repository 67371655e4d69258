import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { HelpArticle } from '#components/guides/help-article.tsx'
import { siteEnv } from '#lib/env/site.ts'
import { webEnv } from '#lib/env/web.ts'
import { parseHelpCode, reasonsWith } from '#lib/guides/help-codes.ts'
import { helpPages } from '#lib/guides/help-pages.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { reasonText } from '#lib/policy/index.ts'

type HelpProps = { readonly params: Promise<{ code: string }> }

export async function generateMetadata({ params }: HelpProps): Promise<Metadata> {
  const code = parseHelpCode((await params).code)
  return code === null ? {} : { title: `${helpPages[code].title[await getLocale()]} (${code})` }
}

export default async function Help({ params }: HelpProps) {
  const code = parseHelpCode((await params).code)
  if (code === null) notFound()
  const [language, settings] = await Promise.all([getLocale(), loadConnectionSettings()])
  const context = {
    hosts: settings.hosts,
    portalUrl: webEnv().portalUrl,
    windowSeconds: settings.popBeforeSmtp.windowSeconds,
  }
  return (
    <HelpArticle
      code={code}
      settings={settings}
      language={language}
      wireTexts={[...new Set(reasonsWith(code).map((id) => reasonText(id, context)))]}
      supportContact={siteEnv().supportContact[language]}
    />
  )
}
