const KATAKANA_TO_HIRAGANA = -0x60

/** Katakana as hiragana; everything else stays. */
export function hiragana(text: string): string {
  return text.replaceAll(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + KATAKANA_TO_HIRAGANA))
}
