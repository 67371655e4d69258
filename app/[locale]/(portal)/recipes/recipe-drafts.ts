/** The recipes while somebody edits them: pure steps from one list to the next. */
import type { Action, Condition, Recipe } from '#lib/recipes/recipe.ts'

/** A part of a list with a name that stays when its place changes. */
export type Keyed<Value> = { readonly key: string; readonly value: Value }

export type RecipeDraft = Omit<Recipe, 'conditions' | 'actions'> & {
  readonly conditions: readonly Keyed<Condition>[]
  readonly actions: readonly Keyed<Action>[]
}
export type RecipeDrafts = readonly Keyed<RecipeDraft>[]

let keyCount = 0

export function keyed<Value>(value: Value): Keyed<Value> {
  keyCount += 1
  return { key: `k${keyCount}`, value }
}

export function draftOf(recipe: Recipe): Keyed<RecipeDraft> {
  return keyed({ ...recipe, conditions: recipe.conditions.map(keyed), actions: recipe.actions.map(keyed) })
}

export function recipeOf({ value }: Keyed<RecipeDraft>): Recipe {
  const { conditions, actions } = value
  return { ...value, conditions: conditions.map(({ value }) => value), actions: actions.map(({ value }) => value) }
}

export function replaced<Value>(list: readonly Keyed<Value>[], key: string, value: Value): readonly Keyed<Value>[] {
  return list.map((each) => (each.key === key ? { key, value } : each))
}

export function without<Value>(list: readonly Keyed<Value>[], key: string): readonly Keyed<Value>[] {
  return list.filter((each) => each.key !== key)
}

/** @param place where it is to be afterwards, counted from 0; what lies outside the list is its end */
export function moved<Value>(list: readonly Keyed<Value>[], key: string, place: number): readonly Keyed<Value>[] {
  const one = list.find((each) => each.key === key)
  if (one === undefined) return list
  const others = without(list, key)
  const at = Math.max(0, Math.min(place, others.length))
  return [...others.slice(0, at), one, ...others.slice(at)]
}

const emptyConditions: { readonly [Kind in Condition['kind']]: Condition } = {
  from: { kind: 'from', operator: 'contains', text: '' },
  to: { kind: 'to', operator: 'contains', text: '' },
  subject: { kind: 'subject', operator: 'contains', text: '' },
  header: { kind: 'header', name: '', operator: 'contains', text: '' },
  body: { kind: 'body', operator: 'contains', text: '' },
  size: { kind: 'size', operator: 'over', kilobytes: 5_120 },
  attachment: { kind: 'attachment' },
  list: { kind: 'list' },
  spam: { kind: 'spam' },
  timeOfDay: { kind: 'timeOfDay', from: '22:00', until: '06:00' },
}
export const conditionKinds = Object.keys(emptyConditions) as Condition['kind'][]

/** Keeps the text that was typed, where the other kind has one, too. */
export function conditionOfKind(kind: Condition['kind'], before?: Condition): Condition {
  const empty = emptyConditions[kind]
  return before && 'text' in before && 'text' in empty ? { ...empty, text: before.text } : empty
}

/** @param today as the person writes it: 2026-11-24 */
export function actionOfKind(kind: Action['kind'], today: string): Action {
  switch (kind) {
    case 'move':
      return { kind, folder: '' }
    case 'mark':
      return { kind, as: 'read' }
    case 'forward':
      return { kind, address: '', keepsCopy: true }
    case 'answer':
      return { kind, firstDay: today, lastDay: today, subject: '', text: '' }
    case 'refuse':
      return { kind, text: '' }
    case 'deleteAfter':
      return { kind, days: 30 }
  }
}
export const actionKinds = [
  'move',
  'mark',
  'forward',
  'answer',
  'refuse',
  'deleteAfter',
] as const satisfies Action['kind'][]
