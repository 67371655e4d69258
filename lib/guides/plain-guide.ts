/** A guide as plain text: for old browsers, for a mail, for whoever has the screen read out. Made from the same set-up. */
import type { Language } from './bilingual.ts'
import { setupValues } from './connection-values.ts'
import { guideTexts, methodNames, reachabilityBodies, reachabilityTitles, sectionTitles } from './guide-texts.ts'
import { reachability } from './methods.ts'
import { sentenceParts } from './placeholders.ts'
import { sectionsOf } from './resolve-steps.ts'
import { latestRevision } from './revisions.ts'
import type { Setup } from './setup.ts'
import { type StepPart, stepSentence } from './step-sentence.ts'
import { warningOf } from './warnings.ts'
import { warningsFor } from './warnings-for.ts'

/** @param address of the page with the drawings */
export function plainGuide(setup: Setup, language: Language, address: string): string {
  const t = guideTexts[language]
  const { client, method, endpoints, settings } = setup
  const sentence = (text: string) =>
    sentenceParts(text, settings)
      .map((part) => part.text)
      .join('')
  const warnings = warningsFor(setup).map((id) => `* ${sentence(warningOf(id)[language])}`)
  const blocks = [
    [t.title(client.name[language]), methodNames[method][language], t.version(latestRevision.date), address],
    reachabilityLines(setup, language),
    headed(t.changes, [
      `${t.receivingServer}: ${settings.hosts.old} -> ${endpoints.incoming.host}`,
      `${t.sendingServer}: ${settings.hosts.old} -> ${endpoints.outgoing.host}`,
    ]),
    headed(t.valuesTitle, [
      ...setupValues(setup).map(({ label, value }) => `${label[language]}: ${value[language]}`),
      `${t.password}: ${t.passwordNote}`,
    ]),
    ...stepBlocks(setup, language),
    method === 'pop-before-smtp' ? headed(t.sendTitle, numbered(t.sendSteps.map(sentence))) : [],
    warnings.length === 0 ? [] : headed(t.warningsTitle, warnings),
    headed(t.checkTitle, [t.checkBody, t.checkHelp]),
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\r\n')}\r\n`)
    .join('\r\n')
}

function reachabilityLines({ client, settings, method }: Setup, language: Language): string[] {
  const state = reachability(client, settings, method)
  return state === 'safe' ? [] : [`! ${reachabilityTitles[state][language]}`, reachabilityBodies[state][language]]
}

function stepBlocks(setup: Setup, language: Language): string[][] {
  return sectionsOf(setup, language).map(({ purpose, steps }, index) =>
    headed(
      `${index + 1}. ${sectionTitles[purpose][language]}`,
      steps.map(
        (step) =>
          `- ${stepSentence(step, language)
            .map((part) => plainPart(part, language))
            .join('')}`,
      ),
    ),
  )
}

function plainPart(part: StepPart, language: Language): string {
  if (part.kind === 'then') return ' -> '
  if (part.kind === 'label') return language === 'ja' ? `「${part.text}」` : `"${part.text}"`
  return part.text
}

const headed = (title: string, lines: readonly string[]): string[] => [`== ${title} ==`, ...lines]

const numbered = (lines: readonly string[]): string[] => lines.map((line, index) => `${index + 1}. ${line}`)
