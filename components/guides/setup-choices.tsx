import type { Language } from '#lib/guides/bilingual.ts'
import type { Receiving } from '#lib/guides/connection-settings.ts'
import { guideTexts, methodNames, methodSummaries } from '#lib/guides/guide-texts.ts'
import { canUse, receivingsOf, recommendedMethod, sendingMethods } from '#lib/guides/methods.ts'
import type { Setup } from '#lib/guides/setup.ts'
import { Choice, type ChoiceOption } from './choice.tsx'
import { Sentence } from './sentence.tsx'

/** How to send and how to receive. */
export function SetupChoices({ setup, language }: { setup: Setup; language: Language }) {
  const t = guideTexts[language]
  const receivings = receivingsOf(setup.client, setup.method)
  return (
    <>
      <Choice
        id="method"
        title={t.methodTitle}
        lead={t.methodLead}
        chosenNote={t.chosen}
        options={methodOptions(setup, language)}
      />
      {receivings.length > 1 ? (
        <Choice
          id="receiving"
          title={t.receivingTitle}
          chosenNote={t.chosen}
          options={receivings.map((receiving) => receivingOption(receiving, setup, language))}
        />
      ) : null}
    </>
  )
}

function methodOptions({ client, settings, method: shown }: Setup, language: Language): ChoiceOption[] {
  const t = guideTexts[language]
  return sendingMethods.map((method) => {
    const isOff = method === 'pop-before-smtp' && !settings.popBeforeSmtp.enabled
    const refusal = canUse(client, method) ? (isOff ? t.turnedOff : null) : t.notPossible
    return {
      id: method,
      href: `/guides/${client.id}/${method}`,
      name: methodNames[method][language],
      summary: <Sentence settings={settings}>{methodSummaries[method][language]}</Sentence>,
      isChosen: method === shown,
      refusal,
      recommended: method === recommendedMethod(client) ? t.recommended : undefined,
    }
  })
}

function receivingOption(
  receiving: Receiving,
  { client, method, receiving: shown }: Setup,
  language: Language,
): ChoiceOption {
  return {
    id: receiving,
    href: `/guides/${client.id}/${method}?receive=${receiving}`,
    name: receiving === 'pop' ? 'POP' : 'IMAP',
    summary: guideTexts[language].receivingNotes[receiving],
    isChosen: receiving === shown,
    refusal: null,
  }
}
