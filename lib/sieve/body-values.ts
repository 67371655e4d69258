/** What the body test looks at (RFC 5173 §5): the raw body, parts of some content types, or the text for people. */
import type { CheckedNode } from './checked-script.ts'
import type { BodyPart } from './message-view.ts'
import type { RunState } from './run-state.ts'

/** "text" is every text part, "text/plain" only that, "" every part. */
function isOfType(type: string, wanted: string): boolean {
  if (wanted === '') return true
  if (wanted.startsWith('/') || wanted.endsWith('/') || wanted.split('/').length > 2) return false
  return wanted.includes('/') ? type === wanted : type.startsWith(`${wanted}/`)
}

/** Linear: a "<" without its ">" is text. */
function withoutMarkup(html: string): string {
  return html.replaceAll(/<[^<>]*>/g, ' ')
}

const shownTexts = new WeakMap<BodyPart, string>()

/** What a person reads; worked out once for each part. */
function shownText(part: BodyPart): string {
  if (part.type !== 'text/html') return part.text
  const shown = shownTexts.get(part) ?? withoutMarkup(part.text)
  shownTexts.set(part, shown)
  return shown
}

export function bodyValues(node: CheckedNode, run: RunState): string[] {
  if (node.tags.has('raw')) return [run.message.rawBody()]
  const types = run.tagTexts(node, 'content')
  const parts = run.message.bodyParts()
  if (types === null) {
    return parts.filter(({ type }) => type.startsWith('text/')).map(shownText)
  }
  const wanted = types.map((type) => type.toLowerCase())
  return parts.filter(({ type }) => wanted.some((each) => isOfType(type, each))).map(({ text }) => text)
}
