import { Disclosure } from '#components/ui/disclosure.tsx'
import type { Bilingual, Language } from '#lib/guides/bilingual.ts'
import type { Confidence } from '#lib/guides/fact.ts'
import { confidenceNotes, guideTexts } from '#lib/guides/guide-texts.ts'
import { type SourceId, sources } from '#lib/guides/sources.ts'

type FactNoteProps = {
  readonly confidence: Confidence
  readonly from: readonly SourceId[]
  readonly language: Language
  readonly labelsFrom?: Bilingual
}

/** How sure we are of what stands above, and why: folded away, for whoever wants to know. */
export function FactNote({ confidence, from, language, labelsFrom }: FactNoteProps) {
  return (
    <Disclosure summary={guideTexts[language].sources} className="screen-only">
      <div className="space-y-2 text-ink-muted">
        <p>{confidenceNotes[confidence][language]}</p>
        {labelsFrom ? <p>{labelsFrom[language]}</p> : null}
        {from.length > 0 ? (
          <ul className="list-disc space-y-1 pl-6">
            {from.map((id) => (
              <li key={id}>
                <SourceLink id={id} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Disclosure>
  )
}

function SourceLink({ id }: { id: SourceId }) {
  const { title, where } = sources[id]
  return (
    <>
      {title}
      <span className="block text-ink-muted [overflow-wrap:anywhere]">{where}</span>
    </>
  )
}
