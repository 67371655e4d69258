/** The letter that tells an operator what another one changed about the policy: who, from what to what, and why. */
import type { SiteEnv } from '#lib/env/site.ts'
import type { Bilingual, Language } from '#lib/guides/bilingual.ts'
import type { Extent } from '#lib/policy/in-force.ts'
import type { PolicyChange } from '#lib/policy/policy-changes.ts'
import type { PolicyDifference } from '#lib/policy/policy-diff.ts'
import { policyWords } from '#lib/policy/policy-words.ts'
import { composeLetter } from '../delivery/compose-letter.ts'
import { policyText } from './policy-text.ts'

export type PolicyLetter = {
  readonly address: string
  readonly first: Language
  readonly change: PolicyChange
  readonly version: number
  readonly baseVersion: number
  readonly author: string
  readonly reason: string
  readonly extent: Extent | null
  readonly differences: readonly PolicyDifference[]
  readonly at: Date
  readonly site: Pick<SiteEnv, 'domain' | 'name'>
  readonly portalUrl: string
}

const MAX_DIFFERENCES = 40

type Say = (letter: PolicyLetter) => Bilingual

const news: Record<PolicyChange, Say> = {
  saved: ({ author, version }) => ({
    ja: `${author} さんがサーバーの方針を変更しました。第${version}版がすべてに適用されています。`,
    en: `${author} changed the policy. Version ${version} rules for everybody.`,
  }),
  rolledOut: ({ author, version, baseVersion }) => ({
    ja: `${author} さんがサーバーの方針の第${version}版を、一部に適用し始めました。ほかは第${baseVersion}版のままです。`,
    en: `${author} began to roll out version ${version} of the policy. It rules for a part; the others stay with version ${baseVersion}.`,
  }),
  extended: ({ author, version, baseVersion }) => ({
    ja: `${author} さんがサーバーの方針の第${version}版を適用する範囲を変えました。ほかは第${baseVersion}版のままです。`,
    en: `${author} changed whom version ${version} of the policy reaches. The others stay with version ${baseVersion}.`,
  }),
  finished: ({ author, version }) => ({
    ja: `${author} さんがサーバーの方針の第${version}版を、すべてに適用しました。`,
    en: `${author} let version ${version} of the policy rule for everybody.`,
  }),
  returned: ({ author, version, baseVersion }) => ({
    ja: `${author} さんがサーバーの方針の第${version}版を取りやめました。第${baseVersion}版がすべてに適用されています。`,
    en: `${author} took version ${version} of the policy back. Version ${baseVersion} rules for everybody.`,
  }),
}

export function composePolicyLetter(letter: PolicyLetter): Promise<Buffer> {
  const { address, first, at, site, portalUrl } = letter
  const what = news[letter.change](letter)
  return composeLetter({
    ...{ site, address, first, now: at },
    subject: `サーバーの方針の変更（第${letter.version}版） / The policy was changed (version ${letter.version})`,
    japanese: [
      what.ja,
      ...lines(letter, 'ja'),
      '',
      'これまでの変更と、前の版へ戻すボタンは次の画面にあります。',
      `  ${portalUrl}/operator/policy#history`,
    ],
    english: [
      what.en,
      ...lines(letter, 'en'),
      '',
      'All changes are listed here, and each version can be returned to:',
      `  ${portalUrl}/en/operator/policy#history`,
    ],
  })
}

function lines(letter: PolicyLetter, language: Language): string[] {
  const { reason, extent } = letter
  const [why, whom] = language === 'ja' ? ['理由', '適用する範囲'] : ['Reason', 'It reaches']
  return [
    ...(reason === '' ? [] : [`${why}: ${reason}`]),
    ...(extent === null ? [] : [`${whom}: ${extentInWords(extent, language)}`]),
    '',
    ...differencesInWords(letter, language),
  ]
}

function extentInWords(extent: Extent, language: Language): string {
  if (extent.kind === 'domains') return extent.domains.join(', ')
  return language === 'ja' ? `メールボックスの${extent.percent}%` : `${extent.percent}% of the mailboxes`
}

/** What was taken back goes from the version that was tried to the one that rules again. */
function differencesInWords({ change, differences }: PolicyLetter, language: Language): string[] {
  const { name, value } = policyWords(policyText(language))
  const shown = differences.slice(0, MAX_DIFFERENCES).map(({ path, ...difference }) => {
    const { before, after } = difference
    const [from, to] = change === 'returned' ? [after, before] : [before, after]
    return `  ${name(path)}: ${value(path, from)} → ${value(path, to)}`
  })
  const more = differences.length - shown.length
  if (more > 0) shown.push(language === 'ja' ? `  ほか${more}件` : `  and ${more} more`)
  return shown
}
