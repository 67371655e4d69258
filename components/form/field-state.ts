/** What a field shows of its form's last answer. */
import type { ActionState } from '#lib/http/action-state.ts'

export type FormState = ActionState<unknown>

export function problemOf(state: FormState, name: string): string | undefined {
  return state.status === 'refused' ? state.fields[name] : undefined
}

/** What the person had entered before the refusal. */
export function enteredText(state: FormState, name: string): string | undefined {
  const value = state.status === 'refused' ? state.values[name] : undefined
  return typeof value === 'string' ? value : undefined
}

export function enteredList(state: FormState, name: string): readonly string[] | undefined {
  const value = state.status === 'refused' ? state.values[name] : undefined
  return Array.isArray(value) ? value : undefined
}
