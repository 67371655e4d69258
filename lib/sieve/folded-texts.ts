/** Texts as comparators see them: rule after rule asks for the same ones, above all for the body. */
import type { Comparator } from './comparators.ts'

/** Shorter ones are folded sooner than found. */
const WORTH_KEEPING_CHARACTERS = 256

export class FoldedTexts {
  private readonly kept = new Map<Comparator, Map<string, string>>()

  fold(comparator: Comparator, text: string): string {
    if (text.length < WORTH_KEEPING_CHARACTERS) return comparator.fold(text)
    const kept = this.kept.get(comparator) ?? new Map<string, string>()
    this.kept.set(comparator, kept)
    const folded = kept.get(text) ?? comparator.fold(text)
    kept.set(text, folded)
    return folded
  }
}
