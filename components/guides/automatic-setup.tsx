import { ProfileDownload } from '#components/mail/profile-download.tsx'
import { Card } from '#components/ui/card.tsx'
import { automaticBodies, automaticTitle, automaticWayOf, profileDownload } from '#lib/guides/automatic-setup.ts'
import type { Language } from '#lib/guides/bilingual.ts'
import type { Setup } from '#lib/guides/setup.ts'

/** For clients that can be spared the typing. */
export function AutomaticSetup({ setup: { client, method }, language }: { setup: Setup; language: Language }) {
  const way = automaticWayOf(client, method)
  if (way === null) return null
  return (
    <Card title={automaticTitle[language]} titleId="automatic" className="screen-only mb-10">
      <p>{automaticBodies[way][language]}</p>
      {way === 'profile' ? (
        <p className="mt-4">
          <ProfileDownload href="/api/set-up/mail.mobileconfig">{profileDownload[language]}</ProfileDownload>
        </p>
      ) : null}
    </Card>
  )
}
