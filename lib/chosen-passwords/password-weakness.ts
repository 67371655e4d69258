/**
 * Why a password that somebody chose is easy to guess, or that it is not. Judged as those who guess go about it: common
 * passwords, names, words of this site and this person, rows of a keyboard, repetitions and dates, also with digits for
 * letters, and what is left letter by letter.
 *
 * The lists are large, so they are read when the first password is chosen, and never in a browser.
 */
import type { Match } from '@zxcvbn-ts/core'

export const passwordWeaknesses = ['common', 'own', 'site', 'pattern', 'date', 'word'] as const
export type PasswordWeakness = (typeof passwordWeaknesses)[number]

/** Words that only who attacks this person, or this site, would try first. */
export type ContextWords = { readonly own: readonly string[]; readonly site: readonly string[] }

/** What somebody who may try without end, at one password a hundredth of a second, needs years for. */
const ENOUGH_GUESSES_LOG10 = 8

/** Beyond that the judging would cost more than the hashing; a longer password is judged by its beginning. */
const MAX_JUDGED_CHARACTERS = 64
const MAX_SUBSTITUTIONS = 20

/** What has to be left of a password without the words of this person and this site. */
const MIN_OTHER_CHARACTERS = 8

/** @returns null when it takes long enough to guess */
export async function passwordWeakness(password: string, words: ContextWords): Promise<PasswordWeakness | null> {
  const context = { own: words.own.map(comparable), site: words.site.map(comparable) }
  const leaning = leansOn(comparable(password), context)
  if (leaning !== null) return leaning
  const estimator = await loadEstimator()
  const { guessesLog10, sequence } = estimator.check(password.normalize('NFKC'), [...context.own, ...context.site])
  return guessesLog10 >= ENOUGH_GUESSES_LOG10 ? null : weaknessOf(longestMatch(sequence), context)
}

function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** @returns whose words the password is little more than */
function leansOn(password: string, { own, site }: ContextWords): 'own' | 'site' | null {
  const whole = bare(password)
  const withoutSite = without(whole, site)
  const left = without(withoutSite, own)
  if (left === whole || left.length >= MIN_OTHER_CHARACTERS) return null
  return left === withoutSite ? 'site' : 'own'
}

function without(text: string, words: readonly string[]): string {
  const longestFirst = words.map(bare).toSorted((one, other) => other.length - one.length)
  return longestFirst.reduce((left, word) => left.replaceAll(word, ''), text)
}

function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}ー]/gu, '')
}

type Estimator = Awaited<ReturnType<typeof createEstimator>>
let estimator: Promise<Estimator> | undefined

function loadEstimator(): Promise<Estimator> {
  estimator ??= createEstimator()
  return estimator
}

async function createEstimator() {
  const [{ ZxcvbnFactory }, common, japanese] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-ja'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...japanese.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: MAX_JUDGED_CHARACTERS,
    l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
  })
}

/** What most of the password is made of. */
function longestMatch(sequence: readonly Match[]): Match | undefined {
  return sequence
    .filter(({ pattern }) => pattern !== 'bruteforce' && pattern !== 'separator')
    .toSorted((one, other) => other.token.length - one.token.length)[0]
}

function weaknessOf(match: Match | undefined, { own, site }: ContextWords): PasswordWeakness {
  if (match?.pattern === 'date' || match?.pattern === 'regex') return 'date'
  if (match?.pattern !== 'dictionary') return 'pattern'
  if (match.dictionaryName === 'passwords-common') return 'common'
  if (match.dictionaryName !== 'userInputs') return 'word'
  if (site.includes(match.matchedWord)) return 'site'
  return own.includes(match.matchedWord) ? 'own' : 'word'
}
