/**
 * A recipe (メールプロセッシングレシピ): what a subscriber edits in plain words. Mail that meets its conditions is treated
 * as its actions say; recipes are tried in their order, and one that stops is the last.
 */
import { z } from 'zod'
import { parseMailAddress } from '#lib/mail/mail-address.ts'
import { MAX_ACTIONS, MAX_RECIPES, marks, searchedFields, textOperators } from './choices.ts'

/** One line that a person types: no control characters, which would end a header or a script's string. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u)

const textBlock = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .transform((text) => text.replace(/\r\n?/g, '\n'))
    .refine((text) => !/[^\P{Cc}\n\t]/u.test(text))

const headerName = z
  .string()
  .trim()
  .min(1)
  .max(70)
  .regex(/^[!-9;-~]+$/)
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
const folderName = line(200).refine((name) => !/(?:^|\/)(?:\/|$)|[%*]/.test(name))
export const mailAddress = line(254).refine((text) => parseMailAddress(text) !== null)
const text = { operator: z.enum(textOperators), text: line(200) }

export const conditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(searchedFields), ...text }),
  z.strictObject({ kind: z.literal('header'), name: headerName, ...text }),
  z.strictObject({ kind: z.literal('body'), operator: z.enum(['contains', 'containsNot']), text: line(200) }),
  z.strictObject({
    kind: z.literal('size'),
    operator: z.enum(['over', 'under']),
    kilobytes: z.int().min(1).max(524_288),
  }),
  z.strictObject({ kind: z.literal('attachment') }),
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({ kind: z.literal('spam') }),
  z.strictObject({ kind: z.literal('timeOfDay'), from: clockTime, until: clockTime }),
])

export const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('move'), folder: folderName }),
  z.strictObject({ kind: z.literal('mark'), as: z.enum(marks) }),
  z.strictObject({ kind: z.literal('forward'), address: mailAddress, keepsCopy: z.boolean() }),
  z
    .strictObject({
      kind: z.literal('answer'),
      firstDay: z.iso.date(),
      lastDay: z.iso.date(),
      subject: line(200),
      text: textBlock(4_000),
    })
    .refine(({ firstDay, lastDay }) => firstDay <= lastDay, { path: ['lastDay'] }),
  z.strictObject({ kind: z.literal('refuse'), text: textBlock(400) }),
  z.strictObject({ kind: z.literal('deleteAfter'), days: z.int().min(1).max(3_650) }),
])

export const recipeSchema = z.strictObject({
  name: line(80),
  isOn: z.boolean(),
  /** of no conditions: every message */
  match: z.enum(['all', 'any']),
  conditions: z.array(conditionSchema).max(20),
  actions: z.array(actionSchema).min(1).max(MAX_ACTIONS),
  /** the recipes below it are not tried for mail that it met */
  stops: z.boolean(),
})

export const recipeListSchema = z.array(recipeSchema).max(MAX_RECIPES)

export type Condition = z.infer<typeof conditionSchema>
export type Action = z.infer<typeof actionSchema>
export type Recipe = z.infer<typeof recipeSchema>

/** All mail is sent on and none of it kept: a mistake that people make. */
export function keepsNothing(recipes: readonly Recipe[]): boolean {
  return recipes.some(
    ({ isOn, conditions, actions }) =>
      isOn &&
      conditions.length === 0 &&
      actions.some((action) => action.kind === 'forward' && !action.keepsCopy) &&
      !actions.some(({ kind }) => kind === 'move'),
  )
}
