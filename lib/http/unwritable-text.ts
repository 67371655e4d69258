/** Text that PostgreSQL cannot keep: NUL, and half of a surrogate pair, which only JSON can bring. No form sends either. */
import { z } from 'zod'

/** So many levels of a place are named. */
const MAX_PATH = 4

/** However deep it stands. @throws ZodError that names the place */
export function refuseUnwritable(input: unknown): void {
  const open: { readonly value: unknown; readonly path: readonly PropertyKey[] }[] = [{ value: input, path: [] }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
      throw new z.ZodError([{ code: 'custom', path: [...path], message: 'not a text', input: undefined }])
    }
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      open.push({ value: inner, path: path.length < MAX_PATH ? [...path, key] : path })
    }
  }
}
