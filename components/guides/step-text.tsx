import { HostName } from '#components/ui/host-name.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import type { ResolvedStep } from '#lib/guides/resolve-steps.ts'
import { type StepPart, stepSentence } from '#lib/guides/step-sentence.ts'
import { ScreenLabel } from './screen-label.tsx'

type StepTextProps = {
  readonly step: ResolvedStep
  readonly language: Language
  /** the language of the screen's labels */
  readonly edition: Language | null
}

/** One instruction as a sentence. */
export function StepText({ step, language, edition }: StepTextProps) {
  return stepSentence(step, language).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move
    <Part key={index} part={part} language={language} edition={edition} />
  ))
}

function Part({ part, language, edition }: Omit<StepTextProps, 'step'> & { part: StepPart }) {
  switch (part.kind) {
    case 'label':
      return <ScreenLabel lang={edition ?? language}>{part.text}</ScreenLabel>
    case 'value':
      return <HostName>{part.text}</HostName>
    case 'choice':
      return <strong>{part.text}</strong>
    case 'then':
      return (
        <>
          <span aria-hidden> → </span>
          <span className="sr-only">{language === 'ja' ? '、次に' : ', then '}</span>
        </>
      )
    case 'line':
      return <ConfigurationLine line={part.text} />
    default:
      return part.text
  }
}

function ConfigurationLine({ line }: { line: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling line must be reachable by keyboard (WCAG 2.1.1)
    <code tabIndex={0} translate="no" className="typed block overflow-x-auto rounded-8 bg-sunken px-3 whitespace-pre">
      {line}
    </code>
  )
}
