/** The drawing of an account dialog, laid out from the same steps that the page prints. Pure: no colours, no fonts. */
import type { Language } from './bilingual.ts'
import { slotWords } from './guide-texts.ts'
import type { ResolvedStep } from './resolve-steps.ts'

export type Control =
  | { readonly kind: 'field' | 'list'; readonly label: string; readonly value: string; readonly isGeneric: boolean }
  | { readonly kind: 'check'; readonly label: string; readonly on: boolean }
  | { readonly kind: 'radio'; readonly label: string }
  | { readonly kind: 'button'; readonly label: string }

export type Panel = { readonly crumbs: readonly string[]; readonly controls: readonly Control[] }

/** One panel per screen of the client; empty where there is nothing to draw. */
export function panelsOf(steps: readonly ResolvedStep[], language: Language): readonly Panel[] {
  const panels: { crumbs: string[]; controls: Control[] }[] = []
  for (const step of steps) {
    const current = panels.at(-1)
    if (step.kind === 'open') {
      const isLast = !steps.slice(steps.indexOf(step) + 1).some((later) => controlOf(later, language) !== null)
      if (isLast && current && current.controls.length > 0) {
        current.controls.push(...step.path.map((label): Control => ({ kind: 'button', label })))
      } else if (current && current.controls.length === 0) current.crumbs.push(...step.path)
      else panels.push({ crumbs: [...step.path], controls: [] })
      continue
    }
    const control = controlOf(step, language)
    if (control === null) continue
    if (current) current.controls.push(control)
    else panels.push({ crumbs: [], controls: [control] })
  }
  return panels.filter(({ controls }) => controls.length > 0)
}

function controlOf(step: ResolvedStep, language: Language): Control | null {
  switch (step.kind) {
    case 'fill':
      return {
        kind: 'field',
        label: step.label ?? slotWords[step.slot][language],
        value: step.slot === 'password' ? '••••••••' : step.value.text[language],
        isGeneric: step.label === null,
      }
    case 'leaveEmpty':
      return { kind: 'field', label: step.label, value: '', isGeneric: false }
    case 'turn':
      return { kind: 'check', label: step.label, on: step.on }
    case 'choose':
      if (step.label === null && step.exact) return { kind: 'radio', label: step.option[language] }
      return {
        kind: 'list',
        label: step.label ?? step.about?.[language] ?? '',
        value: step.option[language],
        isGeneric: step.label === null,
      }
    default:
      return null
  }
}

/** A full-width character is one em wide, the others about half of it. */
function widthOf(character: string): number {
  return /[\u1100-\u11ff\u2e80-\uffdc]/u.test(character) ? 1 : 0.56
}

/** Breaks `text` into lines of at most `maxEms`. Latin words stay whole where they fit. */
export function wrap(text: string, maxEms: number): readonly string[] {
  const pieces = text.match(/[\x21-\x7e]+|\s+|[^\x21-\x7e\s]/gu) ?? []
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const piece of pieces) {
    const pieceWidth = [...piece].reduce((sum, character) => sum + widthOf(character), 0)
    if (line !== '' && width + pieceWidth > maxEms) {
      lines.push(line.trimEnd())
      line = ''
      width = 0
      if (/^\s+$/.test(piece)) continue
    }
    line += piece
    width += pieceWidth
  }
  return line === '' ? lines : [...lines, line]
}
