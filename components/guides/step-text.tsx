import { HostName } from '#components/ui/host-name.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { slotWords } from '#lib/guides/guide-texts.ts'
import type { ResolvedStep } from '#lib/guides/resolve-steps.ts'
import { ScreenLabel } from './screen-label.tsx'

type StepTextProps = {
  readonly step: ResolvedStep
  readonly language: Language
  /** the language of the screen's labels */
  readonly edition: Language | null
}

/** One instruction as a sentence. */
export function StepText({ step, language, edition }: StepTextProps) {
  const isJapanese = language === 'ja'
  const label = (text: string) => <ScreenLabel lang={edition ?? language}>{text}</ScreenLabel>
  switch (step.kind) {
    case 'open':
      return <Path path={step.path} language={language} edition={edition} />
    case 'fill':
      return <Fill step={step} language={language} edition={edition} />
    case 'leaveEmpty':
      return isJapanese ? <>{label(step.label)} は空のままにします。</> : <>Leave {label(step.label)} empty.</>
    case 'turn':
      if (isJapanese)
        return (
          <>
            {label(step.label)} を{step.on ? 'オンにします。' : 'オフにします。'}
          </>
        )
      return (
        <>
          Turn {label(step.label)} {step.on ? 'on' : 'off'}.
        </>
      )
    case 'choose':
      return <Choose step={step} language={language} edition={edition} />
    case 'avoid':
      if (isJapanese)
        return (
          <>
            {label(step.label)} では、{label(step.option)} を選ばないでください。
          </>
        )
      return (
        <>
          Do not choose {label(step.option)} under {label(step.label)}.
        </>
      )
    case 'write':
      return <ConfigurationLine line={step.line} />
    default:
      return step.text[language]
  }
}

function Path({ path, language, edition }: { path: readonly string[] } & Omit<StepTextProps, 'step'>) {
  const crumbs = path.map((name, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a path never move
    <span key={index}>
      {index > 0 ? <span aria-hidden> → </span> : null}
      {index > 0 ? <span className="sr-only">{language === 'ja' ? '、次に' : ', then '}</span> : null}
      <ScreenLabel lang={edition ?? language}>{name}</ScreenLabel>
    </span>
  ))
  if (language === 'en') return <>Open {crumbs}.</>
  return path.length > 1 ? <>{crumbs} の順に選びます。</> : <>{crumbs} を選びます。</>
}

type FillStep = Extract<ResolvedStep, { kind: 'fill' }>

function Fill({ step, language, edition }: StepTextProps & { step: FillStep }) {
  const value = step.value.literal ? (
    <HostName>{step.value.text[language]}</HostName>
  ) : (
    <strong>{step.value.text[language]}</strong>
  )
  if (step.label === null) {
    const field = slotWords[step.slot][language]
    if (language === 'ja')
      return (
        <>
          {field}の欄に {value} と入れます。
        </>
      )
    return (
      <>
        In the field for the {field}, enter {value}.
      </>
    )
  }
  const label = <ScreenLabel lang={edition ?? language}>{step.label}</ScreenLabel>
  if (language === 'en')
    return (
      <>
        In {label}, enter {value}.
      </>
    )
  return step.value.literal ? (
    <>
      {label} に {value} と入れます。
    </>
  ) : (
    <>
      {label} に、{value}を入れます。
    </>
  )
}

type ChooseStep = Extract<ResolvedStep, { kind: 'choose' }>

function Choose({ step, language, edition }: StepTextProps & { step: ChooseStep }) {
  const isJapanese = language === 'ja'
  const option = step.exact ? (
    <ScreenLabel lang={edition ?? language}>{step.option[language]}</ScreenLabel>
  ) : (
    <strong>{step.option[language]}</strong>
  )
  if (step.label !== null) {
    const label = <ScreenLabel lang={edition ?? language}>{step.label}</ScreenLabel>
    return isJapanese ? (
      <>
        {label} は {option} にします。
      </>
    ) : (
      <>
        Set {label} to {option}.
      </>
    )
  }
  if (step.exact || step.about === null) return isJapanese ? <>{option} を選びます。</> : <>Choose {option}.</>
  return isJapanese ? (
    <>
      {step.about.ja}は {option} にします。
    </>
  ) : (
    <>
      Set the {step.about.en} to {option}.
    </>
  )
}

function ConfigurationLine({ line }: { line: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling line must be reachable by keyboard (WCAG 2.1.1)
    <code tabIndex={0} translate="no" className="typed block overflow-x-auto rounded-8 bg-sunken px-3 whitespace-pre">
      {line}
    </code>
  )
}
