import type { SpokenLetter } from '#lib/set-up-code/kana-code.ts'

/** What the owner is shown, once. */
export type ShownInvitation = {
  readonly address: string
  readonly groups: readonly (readonly SpokenLetter[])[]
  readonly url: string
}
