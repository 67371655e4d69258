/** Plain text as the letters of 2002 were laid out: "◆" begins a section, "・" a point, "1." a step, a blank line a paragraph. */

export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'points' | 'steps'; readonly items: readonly string[] }

export function blocksOf(text: string): Block[] {
  return text.split(/\n\s*\n|\n(?=◆)|(?<=◆[^\n]*)\n/).flatMap((part) => {
    const lines = part.split('\n').flatMap((line) => line.trim() || [])
    return lines.length === 0 ? [] : [blockOf(lines)]
  })
}

function blockOf(lines: readonly string[]): Block {
  const [first = ''] = lines
  if (first.startsWith('◆')) return { kind: 'heading', text: first.slice(1).trim() }
  const points = strip(lines, /^・\s*/)
  if (points) return { kind: 'points', items: points }
  const steps = strip(lines, /^\d{1,2}\.\s+/)
  return steps ? { kind: 'steps', items: steps } : { kind: 'paragraph', text: lines.join('\n') }
}

function strip(lines: readonly string[], mark: RegExp): string[] | null {
  return lines.every((line) => mark.test(line)) ? lines.map((line) => line.replace(mark, '')) : null
}
