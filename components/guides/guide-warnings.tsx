import { TriangleAlert } from 'lucide-react'
import type { Language } from '#lib/guides/bilingual.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'
import type { Setup } from '#lib/guides/setup.ts'
import { warningOf } from '#lib/guides/warnings.ts'
import { warningsFor } from '#lib/guides/warnings-for.ts'
import { Sentence } from './sentence.tsx'

/** What is known to go wrong with this client. */
export function GuideWarnings({ setup, language }: { setup: Setup; language: Language }) {
  const ids = warningsFor(setup)
  if (ids.length === 0) return null
  return (
    <section aria-labelledby="warnings" className="mb-10 rounded-12 border border-warning-line bg-warning-soft p-5">
      <h2 id="warnings" className="mb-3 flex items-center gap-2 text-std-20B-160 text-warning">
        <TriangleAlert aria-hidden className="size-6 shrink-0" />
        {guideTexts[language].warningsTitle}
      </h2>
      <ul className="list-disc space-y-2 pl-6">
        {ids.map((id) => (
          <li key={id}>
            <Sentence settings={setup.settings}>{warningOf(id)[language]}</Sentence>
          </li>
        ))}
      </ul>
    </section>
  )
}
