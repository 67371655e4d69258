/**
 * The form in which names are compared: half-width and full-width, hiragana and katakana, and the ways of writing
 * Japanese in Latin letters all come out the same. "ｻﾝﾀﾞｰﾊﾞｰﾄﾞ", "さんだーばーど" and "sandaabaado" find サンダーバード.
 */

/** Each katakana with its Latin spelling; "^" marks a small one, which melts into the letter before it. */
const SPELLINGS_OF_KANA = `
  ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko ガ ga ギ gi グ gu ゲ ge ゴ go
  サ sa シ si ス su セ se ソ so ザ za ジ zi ズ zu ゼ ze ゾ zo タ ta チ ti ツ tu テ te ト to
  ダ da ヂ zi ヅ zu デ de ド do ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ hu ヘ he ホ ho
  バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po マ ma ミ mi ム mu メ me モ mo
  ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ o ン n ヴ bu ッ ^
  ァ ^a ィ ^i ゥ ^u ェ ^e ォ ^o ャ ^ya ュ ^yu ョ ^yo
`
const latinOf: ReadonlyMap<string, string> = new Map(
  [...SPELLINGS_OF_KANA.matchAll(/(\S) (\S+)/gu)].map(([, kana = '', latin = '']) => [kana, latin]),
)

const FIRST_HIRAGANA = 0x3041
const LAST_HIRAGANA = 0x3096
const HIRAGANA_TO_KATAKANA = 0x60

function toKatakana(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const isHiragana = code >= FIRST_HIRAGANA && code <= LAST_HIRAGANA
  return isHiragana ? String.fromCodePoint(code + HIRAGANA_TO_KATAKANA) : character
}

/** Hepburn and the habits of typists, each to one spelling; doubled letters and long vowels to one letter. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/i\^y/g, 'y'],
  [/[aiueo]\^(?=[aiueo])/g, ''],
  [/[^\p{L}\p{N}]|ー/gu, ''],
  [/tsu/g, 'tu'],
  [/ch/g, 't'],
  [/sh/g, 's'],
  [/f(?=[aiueo])/g, 'h'],
  [/j/g, 'z'],
  [/v/g, 'b'],
  [/([stz])y/g, '$1'],
  [/ou/g, 'o'],
  [/([a-z])\1/g, '$1'],
]

export function searchKey(text: string): string {
  const characters = [...text.normalize('NFKC').toLowerCase()].map(toKatakana)
  const latin = characters.map((character) => latinOf.get(character) ?? character).join('')
  return spellings.reduce((key, [from, to]) => key.replaceAll(from, to), latin)
}
