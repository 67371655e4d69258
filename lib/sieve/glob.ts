/**
 * `:matches` (RFC 5228 §2.7.1): "*" is any text, "?" one character, a backslash takes the meaning away.
 *
 * Guarantees: no backtracking beyond the star at hand, at most pattern × text comparisons; every star but the last takes as little
 * as it can (RFC 5229 §3.2).
 */

type Piece = { readonly kind: 'text'; readonly character: string } | { readonly kind: 'one' | 'any' }

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = []
  let isQuoted = false
  for (const character of pattern) {
    if (isQuoted) pieces.push({ kind: 'text', character })
    else if (character === '*') pieces.push({ kind: 'any' })
    else if (character === '?') pieces.push({ kind: 'one' })
    else if (character !== '\\') pieces.push({ kind: 'text', character })
    isQuoted = !isQuoted && character === '\\'
  }
  return pieces
}

/** The pieces between stars. */
function segmentsOf(pieces: readonly Piece[]): Piece[][] {
  const segments: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind === 'any') segments.push([])
    else segments.at(-1)?.push(piece)
  }
  return segments
}

function fitsAt(text: readonly string[], at: number, segment: readonly Piece[]): boolean {
  if (at < 0 || at + segment.length > text.length) return false
  return segment.every(
    (piece, index) => piece.kind === 'one' || (piece.kind === 'text' && piece.character === text[at + index]),
  )
}

function firstFit(text: readonly string[], from: number, segment: readonly Piece[]): number {
  for (let at = from; at + segment.length <= text.length; at++) if (fitsAt(text, at, segment)) return at
  return -1
}

/**
 * @param folded the text as the comparator sees it; `original` as it was, for what the wildcards took
 * @returns the text and what each wildcard took, or null
 */
export function matchGlob(folded: string, original: string, pattern: string): string[] | null {
  const text = [...folded]
  const segments = segmentsOf(piecesOf(pattern))
  const starts = placesOf(text, segments)
  if (starts === null) return null
  const shown = [...original]
  // A comparator that changes lengths leaves nothing else to show than the folded text.
  const source = shown.length === text.length ? shown : text
  const taken = [source.join('')]
  segments.forEach((segment, index) => {
    const start = starts[index] ?? 0
    if (index > 0)
      taken.push(source.slice((starts[index - 1] ?? 0) + (segments[index - 1]?.length ?? 0), start).join(''))
    segment.forEach((piece, offset) => {
      if (piece.kind === 'one') taken.push(source[start + offset] ?? '')
    })
  })
  return taken
}

/** Where each segment stands. */
function placesOf(text: readonly string[], segments: readonly (readonly Piece[])[]): number[] | null {
  const last = segments.length - 1
  const first = segments[0] ?? []
  if (last === 0) return text.length === first.length && fitsAt(text, 0, first) ? [0] : null
  if (!fitsAt(text, 0, first)) return null
  const starts = [0]
  let from = first.length
  for (const segment of segments.slice(1, last)) {
    const at = firstFit(text, from, segment)
    if (at < 0) return null
    starts.push(at)
    from = at + segment.length
  }
  const end = segments[last] ?? []
  const at = text.length - end.length
  return at >= from && fitsAt(text, at, end) ? [...starts, at] : null
}

/** For set :quotewildcard. */
export function quoteGlob(text: string): string {
  return text.replaceAll(/[*?\\]/g, '\\$&')
}
