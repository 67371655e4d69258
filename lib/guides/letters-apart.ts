/**
 * How many letters of a word are missing, strange or too many beside the part of a text that is nearest to it (Sellers
 * 1980): 0 when the text contains it.
 */
export function lettersApart(word: string, text: string): number {
  // From row to row: the fewest mistakes with which the word's beginning ends at each letter of the text.
  let above = new Array<number>(text.length + 1).fill(0)
  for (const [index, letter] of [...word].entries()) {
    const row = [index + 1]
    for (let at = 1; at <= text.length; at += 1) {
      const replaced = (above[at - 1] ?? 0) + (text[at - 1] === letter ? 0 : 1)
      row.push(Math.min(replaced, (above[at] ?? 0) + 1, (row[at - 1] ?? 0) + 1))
    }
    above = row
  }
  return Math.min(...above)
}
