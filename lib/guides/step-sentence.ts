/** One instruction as a sentence in parts, so that a page can set labels and values apart and a plain text can quote them. */
import type { Bilingual, Language } from './bilingual.ts'
import { slotWords } from './guide-texts.ts'
import type { ResolvedStep } from './resolve-steps.ts'

export type SentenceOfStep = readonly StepPart[]

export type StepPart =
  | { readonly kind: 'words'; readonly text: string }
  /** as it stands on the client's screen */
  | { readonly kind: 'label'; readonly text: string }
  /** typed exactly so */
  | { readonly kind: 'value'; readonly text: string }
  /** our own word for what is entered or chosen */
  | { readonly kind: 'choice'; readonly text: string }
  /** from one part of a menu path to the next */
  | { readonly kind: 'then' }
  /** a line of a configuration file */
  | { readonly kind: 'line'; readonly text: string }

const label = (text: string): StepPart => ({ kind: 'label', text })

export function stepSentence(step: ResolvedStep, language: Language): SentenceOfStep {
  const say = (pattern: Bilingual, parts: Readonly<Record<string, StepPart>>) => composed(pattern[language], parts)
  switch (step.kind) {
    case 'open':
      return pathSentence(step.path, language)
    case 'fill':
      return say(...fillPattern(step, language))
    case 'leaveEmpty':
      return say({ ja: '{label} は空のままにします。', en: 'Leave {label} empty.' }, { label: label(step.label) })
    case 'turn':
      return say(step.on ? turnedOn : turnedOff, { label: label(step.label) })
    case 'choose':
      return say(...choosePattern(step, language))
    case 'avoid':
      return say(avoided, { label: label(step.label), option: label(step.option) })
    case 'write':
      return [{ kind: 'line', text: step.line }]
    default:
      return [{ kind: 'words', text: step.text[language] }]
  }
}

const turnedOn: Bilingual = { ja: '{label} をオンにします。', en: 'Turn {label} on.' }
const turnedOff: Bilingual = { ja: '{label} をオフにします。', en: 'Turn {label} off.' }
const avoided: Bilingual = {
  ja: '{label} では、{option} を選ばないでください。',
  en: 'Do not choose {option} under {label}.',
}

/** "{label}" in the pattern becomes the part of that name. */
function composed(pattern: string, parts: Readonly<Record<string, StepPart>>): SentenceOfStep {
  return pattern
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece) => parts[piece.slice(1, -1)] ?? { kind: 'words', text: piece })
}

function pathSentence(path: readonly string[], language: Language): SentenceOfStep {
  const crumbs = path.flatMap((name, index): StepPart[] =>
    index === 0 ? [label(name)] : [{ kind: 'then' }, label(name)],
  )
  const words = (text: string): StepPart => ({ kind: 'words', text })
  if (language === 'en') return [words('Open '), ...crumbs, words('.')]
  return [...crumbs, words(path.length > 1 ? ' の順に選びます。' : ' を選びます。')]
}

type Pattern = [Bilingual, Readonly<Record<string, StepPart>>]

function fillPattern(step: Extract<ResolvedStep, { kind: 'fill' }>, language: Language): Pattern {
  const value: StepPart = { kind: step.value.literal ? 'value' : 'choice', text: step.value.text[language] }
  if (step.label === null) {
    const field = slotWords[step.slot]
    return [
      { ja: `${field.ja}の欄に {value} と入れます。`, en: `In the field for the ${field.en}, enter {value}.` },
      { value },
    ]
  }
  const ja = step.value.literal ? '{label} に {value} と入れます。' : '{label} に、{value}を入れます。'
  return [
    { ja, en: 'In {label}, enter {value}.' },
    { label: label(step.label), value },
  ]
}

function choosePattern(step: Extract<ResolvedStep, { kind: 'choose' }>, language: Language): Pattern {
  const option: StepPart = { kind: step.exact ? 'label' : 'choice', text: step.option[language] }
  if (step.label !== null) {
    return [
      { ja: '{label} は {option} にします。', en: 'Set {label} to {option}.' },
      { label: label(step.label), option },
    ]
  }
  if (step.exact || step.about === null) return [{ ja: '{option} を選びます。', en: 'Choose {option}.' }, { option }]
  return [{ ja: `${step.about.ja}は {option} にします。`, en: `Set the ${step.about.en} to {option}.` }, { option }]
}
