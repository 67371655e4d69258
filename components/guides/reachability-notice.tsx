import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { safeSuccessorOf } from '#lib/guides/catalogue.ts'
import { guideTexts, reachabilityBodies, reachabilityTitles } from '#lib/guides/guide-texts.ts'
import { reachability } from '#lib/guides/methods.ts'
import type { Setup } from '#lib/guides/setup.ts'

/** Said first on the guide of a client that cannot connect safely today, with the way out. */
export function ReachabilityNotice({ setup, language }: { setup: Setup; language: Language }) {
  const state = reachability(setup.client, setup.settings, setup.method)
  if (state === 'safe') return null
  const t = guideTexts[language]
  const successor = safeSuccessorOf(setup.client)
  return (
    <Notice tone={state === 'no' ? 'danger' : 'warning'} title={reachabilityTitles[state][language]} className="mb-8">
      <p>{reachabilityBodies[state][language]}</p>
      <p className="screen-only pt-1">
        <ButtonLink href={successor ? `/guides/${successor.id}` : '/guides?era=modern'} tone="secondary">
          {successor ? t.successor(successor.name[language]) : t.chooseSuccessor}
        </ButtonLink>
      </p>
    </Notice>
  )
}
