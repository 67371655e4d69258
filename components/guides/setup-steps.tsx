import { Step, Steps } from '#components/ui/steps.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { panelsOf } from '#lib/guides/drawing.ts'
import { guideTexts, sectionTitles } from '#lib/guides/guide-texts.ts'
import { type Section, sectionsOf } from '#lib/guides/resolve-steps.ts'
import type { Setup } from '#lib/guides/setup.ts'
import { DialogDrawing } from './dialog-drawing.tsx'
import { FactNote } from './fact-note.tsx'
import { StepText } from './step-text.tsx'

/** The five things to set, each with its instructions and a drawing made from the same data. */
export function SetupSteps({ setup, language }: { setup: Setup; language: Language }) {
  const t = guideTexts[language]
  const sections = sectionsOf(setup, language)
  const otherEdition = sections
    .map(({ edition }) => edition)
    .find((edition) => edition !== null && edition !== language)
  return (
    <section aria-labelledby="steps" className="mb-12">
      <h2 id="steps" className="mb-2 text-std-24B-150">
        {t.stepsTitle}
      </h2>
      <div className="mb-6 text-ink-muted">
        <p>{t.drawingNote}</p>
        {otherEdition ? <p>{t.otherEdition[otherEdition]}</p> : null}
      </div>
      <Steps>
        {sections.map((section) => (
          <Step key={section.purpose} title={sectionTitles[section.purpose][language]}>
            <SectionBody section={section} setup={setup} language={language} />
          </Step>
        ))}
      </Steps>
    </section>
  )
}

function SectionBody({ section, setup, language }: { section: Section; setup: Setup; language: Language }) {
  const panels = panelsOf(section.steps, language)
  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_22.5rem]">
      <div className="min-w-0">
        <ul className="space-y-2">
          {section.steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a guide never move
            <li key={index} className="leading-[2]">
              <StepText step={step} language={language} edition={section.edition} />
            </li>
          ))}
        </ul>
        <FactNote
          confidence={section.confidence}
          from={section.sources}
          language={language}
          labelsFrom={setup.client.dialog.labelsFrom}
        />
      </div>
      {panels.length > 0 ? (
        <div>
          <DialogDrawing panels={panels} title={sectionTitles[section.purpose][language]} language={language} />
        </div>
      ) : null}
    </div>
  )
}
