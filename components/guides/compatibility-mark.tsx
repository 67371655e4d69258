import { Disclosure } from '#components/ui/disclosure.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { certaintyNames, compatibilityTexts } from '#lib/guides/compatibility-texts.ts'
import { legend } from '#lib/guides/notice-legend.ts'
import type { Mark, NoticeRow } from '#lib/guides/notice-table.ts'

/** The mark of one row: as printed, or reconstructed and said to be so. */
export function CompatibilityMark({ row, language }: { row: NoticeRow; language: Language }) {
  if (row.mark.kind === 'printed') {
    const { mark, footnotes } = row.mark
    return (
      <span className="whitespace-nowrap text-std-22B-150">
        <MarkSymbol mark={mark} language={language} />
        {footnotes.map((number) => (
          <a
            key={number}
            href={`#note-${number}`}
            className="text-std-16B-170 text-primary underline underline-offset-4"
          >
            ※{number}
          </a>
        ))}
      </span>
    )
  }
  return <LostMark {...row.mark} language={language} />
}

function MarkSymbol({ mark, language }: { mark: Mark; language: Language }) {
  const meaning = legend.find((line) => line.mark === mark)?.meaning[language]
  return (
    <>
      <span aria-hidden>{mark}</span>
      <span className="sr-only">{meaning}</span>
    </>
  )
}

type LostMarkProps = Extract<NoticeRow['mark'], { kind: 'lost' }> & { readonly language: Language }

function LostMark({ guess, certainty, reason, language }: LostMarkProps) {
  const t = compatibilityTexts[language]
  const isUnknown = certainty === 'too-low'
  return (
    <div>
      <span className="inline-flex items-center gap-2">
        <span className="inline-flex size-10 items-center justify-center rounded-8 border-2 border-dashed border-line-strong text-std-22B-150">
          {isUnknown ? <span aria-hidden>？</span> : <MarkSymbol mark={guess} language={language} />}
        </span>
        <span className="text-ink-muted">{isUnknown ? t.lost : t.guess}</span>
      </span>
      <Disclosure
        summary={<span className="whitespace-nowrap">{isUnknown ? t.lostReason : t.reason}</span>}
        className="screen-only"
      >
        <div className="max-w-[34rem] space-y-1 text-ink-muted">
          <p>{reason[language]}</p>
          {isUnknown ? <p>{t.guessed(guess)}</p> : null}
          <p>{certaintyNames[certainty][language]}</p>
        </div>
      </Disclosure>
    </div>
  )
}
