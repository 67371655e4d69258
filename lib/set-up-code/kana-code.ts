/**
 * A code to be read out on the telephone: nine kana of 32, 45 bits. Left out is what sounds or looks like another
 * (ひ and し, ぬ and む, め and ぬ, れ, ね and わ, ろ and る, …). Each has the word of the Japanese telephone alphabet.
 */
import { randomInt } from 'node:crypto'
import { hiragana } from '#lib/i18n/hiragana.ts'

type Letter = { readonly kana: string; readonly romaji: string; readonly word: string }

const table = `
あ a 朝日|い i いろは|う u 上野|え e 英語|お o 大阪|か ka 為替|き ki 切手|く ku クラブ|け ke 景色|こ ko 子供|さ sa 桜|
し shi 新聞|す su すずめ|せ se 世界|そ so そろばん|た ta 煙草|て te 手紙|と to 東京|な na 名古屋|に ni 日本|の no 野原|
は ha はがき|ふ fu 富士山|ま ma マッチ|み mi 三笠|む mu 無線|も mo もみじ|や ya 大和|よ yo 吉野|ら ra ラジオ|り ri りんご|
る ru るすい`

export const letters: readonly Letter[] = table
  .replaceAll('\n', '')
  .split('|')
  .map((entry) => {
    const [kana = '', romaji = '', word = ''] = entry.split(' ')
    return { kana, romaji, word }
  })

const LENGTH = 9
const GROUP_LENGTH = 3

const kanaOf = new Map(letters.map(({ kana, romaji }) => [romaji, kana]))

export type SpokenLetter = Letter

export function generateKanaCode(): string {
  return Array.from({ length: LENGTH }, () => letters[randomInt(letters.length)]?.kana).join('')
}

/** How an agent reads it out: groups of three, each letter with its word. */
export function spokenGroups(code: string): SpokenLetter[][] {
  const spoken = [...code].flatMap((kana) => letters.find((letter) => letter.kana === kana) ?? [])
  const starts = Array.from({ length: Math.ceil(spoken.length / GROUP_LENGTH) }, (_, group) => group * GROUP_LENGTH)
  return starts.map((start) => spoken.slice(start, start + GROUP_LENGTH))
}

/** Hiragana, katakana, half-width katakana and romaji are the same code, with whatever stands between the groups. */
export function readKanaCode(text: string): string {
  return hiragana(text.normalize('NFKC').toLowerCase())
    .replaceAll(/[^\p{L}]/gu, '')
    .replaceAll(/[b-df-hj-np-tv-z]*[aeiou]/g, (syllable) => kanaOf.get(syllable) ?? syllable)
}
