/** Reads a form: one string per name, or a list for names that end in "[]". Nothing else can come out of it. */

export type FormValues = Record<string, string | string[]>

export function formValues(form: FormData): FormValues {
  const values: FormValues = {}
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION')) continue
    const texts = form.getAll(name).filter((value) => typeof value === 'string')
    if (name.endsWith('[]')) values[name.slice(0, -2)] = texts
    else values[name] = texts[0] ?? ''
  }
  return values
}

/** What may go back into the form after a refusal: no secrets. */
export function refillValues(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password|secret/i.test(name)))
}
