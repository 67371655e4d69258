/** One command of `npm run ispmail`: what it is called, what it takes, and what it does. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Actor } from '#lib/accounts/actor.ts'

export type Context = {
  /** the operator in whose name it is done */
  readonly actor: Actor
  /** why, where something is changed */
  readonly reason: string
  /** what was written after the command's name */
  readonly words: readonly string[]
  option(name: string): string | undefined
  isSet(name: string): boolean
  /** A result, for standard output. */
  say(line: string): void
  /** Carries out use-cases, all or none; in a dry run they are done and taken back, so that their own checks speak. */
  perform<Result>(work: () => Promise<Result>): Promise<Result>
  readonly isDryRun: boolean
}

export type Command = {
  /** "mailboxes suspend" */
  readonly name: string
  /** what follows the name: "ADDRESS… --text-ja TEXT" */
  readonly takes: string
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
  /** it asks for a reason, and is on record */
  readonly changes: boolean
  /** it is for a site that has no operator yet in whose name it could be done */
  readonly isFirst?: true
  /** @returns how many of the things that it was to do it could not */
  run(context: Context): Promise<number>
}

/** How the command was called, and not what it met. */
export class UsageError extends Error {}

export function required(context: Context, name: string): string {
  const value = context.option(name)
  if (value === undefined) throw new UsageError(`--${name} is missing`)
  return value
}

export function oneWord({ words }: Context, what: string): string {
  const [word] = words
  if (word === undefined || words.length > 1) throw new UsageError(`give one ${what}`)
  return word
}
