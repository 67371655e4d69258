/** Recipes to begin with; what depends on the person is left empty or said in their language. */
import type { Recipe } from '#lib/recipes/recipe.ts'

export const templateNames = ['mailingList', 'spam', 'mobile', 'holiday', 'blank'] as const
export type TemplateName = (typeof templateNames)[number]

export type TemplateTexts = {
  readonly name: string
  readonly listFolder: string
  readonly answerSubject: string
  readonly answerText: string
}

export function recipeFrom(template: TemplateName, texts: TemplateTexts, today: string): Recipe {
  const { name } = texts
  const base = { name, isOn: true, match: 'all', stops: true } as const
  switch (template) {
    case 'blank':
      return {
        ...base,
        conditions: [{ kind: 'from', operator: 'contains', text: '' }],
        actions: [{ kind: 'move', folder: '' }],
      }
    case 'mailingList':
      return {
        ...base,
        conditions: [{ kind: 'list' }],
        actions: [{ kind: 'move', folder: texts.listFolder }],
      }
    case 'spam':
      return {
        ...base,
        match: 'any',
        conditions: [{ kind: 'spam' }, { kind: 'subject', operator: 'startsWith', text: '[SPAM]' }],
        actions: [
          { kind: 'deleteAfter', days: 30 },
          { kind: 'move', folder: 'Junk' },
        ],
      }
    case 'mobile':
      return { ...base, stops: false, conditions: [], actions: [{ kind: 'forward', address: '', keepsCopy: true }] }
    case 'holiday':
      return {
        ...base,
        stops: false,
        conditions: [],
        actions: [
          { kind: 'answer', firstDay: today, lastDay: today, subject: texts.answerSubject, text: texts.answerText },
        ],
      }
  }
}
