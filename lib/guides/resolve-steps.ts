/** From the dialog of a client to the steps of one set-up: choices made, values filled in, unknown labels left open. */
import { type Bilingual, type Language, same } from './bilingual.ts'
import { type Labels, purposes, type SectionPurpose, type SlotName, type Step } from './dialog.ts'
import type { Confidence, Fact } from './fact.ts'
import { genericSteps } from './generic-steps.ts'
import { chooserNames } from './guide-texts.ts'
import { receivingNames, type Setup, type SlotValue, securityNames } from './setup.ts'
import type { SourceId } from './sources.ts'

/** A null label is one that nobody found, or that does not fit this set-up. */
export type ResolvedStep =
  | { readonly kind: 'open'; readonly path: readonly string[] }
  | { readonly kind: 'fill'; readonly label: string | null; readonly slot: SlotName; readonly value: SlotValue }
  | { readonly kind: 'leaveEmpty'; readonly label: string }
  | { readonly kind: 'turn'; readonly label: string; readonly on: boolean }
  | {
      readonly kind: 'choose'
      readonly label: string | null
      readonly option: Bilingual
      /** false when the option is our word for it, not the client's */
      readonly exact: boolean
      /** what is chosen, for when the label is not known */
      readonly about: Bilingual | null
    }
  | { readonly kind: 'avoid'; readonly label: string; readonly option: string }
  | { readonly kind: 'write'; readonly line: string }
  | { readonly kind: 'say'; readonly text: Bilingual }

export type Section = {
  readonly purpose: SectionPurpose
  readonly steps: readonly ResolvedStep[]
  readonly confidence: Confidence
  readonly sources: readonly SourceId[]
  /** whose labels these are: of the reader's language, of the other one, or none because none is known */
  readonly edition: Language | null
}

export function sectionsOf(setup: Setup, language: Language): readonly Section[] {
  return purposes.map((purpose) => {
    if (purpose === 'authentication' && setup.method === 'pop-before-smtp') return popBeforeSmtpSection(setup, language)
    return sectionFrom(purpose, setup.client.dialog[purpose], setup, language)
  })
}

function sectionFrom(purpose: SectionPurpose, labels: Labels, setup: Setup, language: Language): Section {
  const { fact, edition } = labelsFor(labels, language)
  const steps = (fact?.value ?? []).flatMap((step) => resolve(step, setup))
  if (fact === null || steps.length === 0) {
    const generic = genericSteps(purpose, setup).flatMap((step) => resolve(step, setup))
    return { purpose, steps: generic, confidence: 'unknown', sources: [], edition: null }
  }
  return { purpose, steps, confidence: fact.confidence, sources: fact.sources, edition }
}

/** The reader's own edition first, then the other one, said to be so. */
function labelsFor(
  labels: Labels,
  language: Language,
): { fact: Fact<readonly Step[]> | null; edition: Language | null } {
  const other: Language = language === 'ja' ? 'en' : 'ja'
  if (labels[language].value !== null) return { fact: labels[language], edition: language }
  if (labels[other].value !== null) return { fact: labels[other], edition: other }
  return { fact: null, edition: null }
}

/** With POP before SMTP the switches for SMTP AUTH stay off, and the client's own option, if it has one, goes on. */
function popBeforeSmtpSection(setup: Setup, language: Language): Section {
  const { popBeforeSmtp, authentication } = setup.client.dialog
  if (popBeforeSmtp) return sectionFrom('popBeforeSmtp', popBeforeSmtp, setup, language)
  const { fact, edition } = labelsFor(authentication, language)
  const switches = (fact?.value ?? []).filter((step) => step.kind === 'turn' && step.on).slice(0, 1)
  const off = switches.flatMap((step) => (step.kind === 'turn' ? [{ ...step, on: false }] : []))
  const generic = genericSteps('popBeforeSmtp', setup).flatMap((step) => resolve(step, setup))
  if (fact === null || off.length === 0) {
    return { purpose: 'popBeforeSmtp', steps: generic, confidence: 'unknown', sources: [], edition: null }
  }
  return { purpose: 'popBeforeSmtp', steps: off, confidence: fact.confidence, sources: fact.sources, edition }
}

function resolve(step: Step, setup: Setup): ResolvedStep[] {
  switch (step.kind) {
    case 'fill':
      return [{ ...step, label: fitting(step.label, setup), value: setup.values[step.slot] }]
    case 'turnIf':
      return [{ kind: 'turn', label: step.label, on: chosen(step.by, setup) === step.is }]
    case 'choose':
      return [{ ...step, option: same(step.option), exact: true, about: null }]
    case 'match':
      return [resolveMatch(step, setup)]
    case 'only':
      return chosen(step.by, setup) === step.is ? resolve(step.step, setup) : []
    case 'write':
      return [{ kind: 'write', line: filledIn(step.line, setup) }]
    default:
      return [step]
  }
}

function resolveMatch(step: Extract<Step, { kind: 'match' }>, setup: Setup): ResolvedStep {
  const option = step.options[chosen(step.by, setup)]
  const known = { kind: 'choose', label: step.label, about: chooserNames[step.by] } as const
  if (option === undefined) return { ...known, option: wordFor(step.by, setup), exact: false }
  return { ...known, option: same(option), exact: true }
}

type Chooser = Extract<Step, { kind: 'match' }>['by']

function chosen(by: Chooser, { receiving, endpoints }: Setup): string {
  if (by === 'receiving') return receiving
  return by === 'incomingSecurity' ? endpoints.incoming.security : endpoints.outgoing.security
}

function wordFor(by: Chooser, { receiving, endpoints }: Setup): Bilingual {
  if (by === 'receiving') return same(receivingNames[receiving])
  return securityNames[by === 'incomingSecurity' ? endpoints.incoming.security : endpoints.outgoing.security]
}

/** A label that names the other protocol ("受信メール (POP3)" for somebody who wants IMAP) is not the right one. */
function fitting(label: string | null, { receiving }: Setup): string | null {
  if (label === null) return null
  const namesPop = /POP/i.test(label)
  const namesImap = /IMAP/i.test(label)
  if (namesPop === namesImap) return label
  return (receiving === 'pop') === namesPop ? label : null
}

function filledIn(line: string, { values }: Setup): string {
  return line.replaceAll(/\{(\w+)\}/g, (whole, slot: string) => {
    const value = Object.hasOwn(values, slot) ? values[slot as SlotName] : undefined
    if (value === undefined) return whole
    return value.literal ? value.text.en : 'user-name'
  })
}
