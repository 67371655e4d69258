import type { Language } from '#lib/guides/bilingual.ts'
import { compatibilityTexts } from '#lib/guides/compatibility-texts.ts'
import { footnotes, legend } from '#lib/guides/notice-legend.ts'

/** The notice's legend and its five footnotes. */
export function NoticeLegend({ domain, language }: { domain: string; language: Language }) {
  const t = compatibilityTexts[language]
  return (
    <section aria-labelledby="legend" className="mb-10 rounded-12 border border-line bg-surface p-5 sm:p-7">
      <h2 id="legend" className="mb-4 text-std-20B-160">
        {t.legendTitle}
      </h2>
      <dl className="space-y-2">
        {legend.map(({ mark, meaning }) => (
          <div key={mark} className="flex gap-4">
            <dt className="w-8 shrink-0 text-center text-std-20B-160">{mark}</dt>
            <dd>{meaning[language]}</dd>
          </div>
        ))}
        {footnotes(domain).map(({ number, text }) => (
          <div key={number} id={`note-${number}`} className="flex gap-4 rounded-4 target:bg-primary-soft">
            <dt className="w-8 shrink-0 text-center font-700">※{number}</dt>
            <dd>{text[language]}</dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-6 mb-1 text-std-17B-170">{t.reconstructedTitle}</h3>
      <p>{t.reconstructed}</p>
    </section>
  )
}
