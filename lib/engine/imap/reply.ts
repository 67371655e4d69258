/** The tagged reply. A code is written without its brackets. */
export type Reply = { readonly status: 'OK' | 'NO' | 'BAD'; readonly code?: string; readonly text: string }

export const ok = (text: string, code?: string): Reply => ({
  status: 'OK',
  text,
  ...(code === undefined ? {} : { code }),
})
export const no = (text: string, code?: string): Reply => ({
  status: 'NO',
  text,
  ...(code === undefined ? {} : { code }),
})
export const bad = (text: string): Reply => ({ status: 'BAD', text })
