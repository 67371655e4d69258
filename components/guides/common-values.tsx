import type { Language } from '#lib/guides/bilingual.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import type { ConnectionSettings } from '#lib/guides/connection-settings.ts'
import { setupValues } from '#lib/guides/connection-values.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'
import { setupOf } from '#lib/guides/setup.ts'
import { SetupValues } from './setup-values.tsx'

/** For a mail program that is not in the catalogue. */
export function CommonValues({ settings, language }: { settings: ConnectionSettings; language: Language }) {
  const t = guideTexts[language]
  const anyClient = findClient('thunderbird')
  if (anyClient === null) return null
  return (
    <section aria-labelledby="common" className="mt-14">
      <h2 id="common" className="mb-2 text-std-24B-150">
        {t.commonValues}
      </h2>
      <p className="mb-5 text-ink-muted">{t.commonValuesLead}</p>
      <SetupValues values={setupValues(setupOf(anyClient, settings))} language={language} withPassword />
    </section>
  )
}
