/** What an announcement says: plain text in parts, in both languages. There is no markup, so none can be abused. */
import { z } from 'zod'
import { japanTime } from '#lib/clock/japan-time.ts'
import type { Language } from '#lib/guides/bilingual.ts'

export const announcementKinds = ['maintenance', 'migration', 'incident', 'information'] as const

/** What the engine has seen somebody do, or has not. */
export const behaviours = [
  'usesOldHost',
  'sendsByPopBeforeSmtp',
  'usesApop',
  'usesUnsupportedClient',
  'noLoginOnNewHost',
] as const
export type Behaviour = (typeof behaviours)[number]

export const audiences = ['all', 'domain', ...behaviours] as const

/** `moved`: every mailbox was received by the new name, and none has come by the old one since */
export const doneConditions = ['never', 'moved'] as const

export const linkedPages = ['guides', 'compatibility', 'status'] as const

const line = z.string().trim().max(300)
const paragraphs = z
  .string()
  .max(10_000)
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
const hostName = z.string().regex(/^[a-z0-9.-]{1,253}$/)

const words = z.strictObject({
  title: line.min(1),
  lead: paragraphs,
  reason: line,
  affected: line,
  unaffected: line,
  remarks: z.array(line.min(1)).max(30),
  /** see blocks.ts */
  body: paragraphs,
})
export type AnnouncementWords = z.infer<typeof words>

export const hostMoveSchema = z.strictObject({
  purpose: z.enum(['receiving', 'sending']),
  from: hostName,
  to: hostName,
  method: z.enum(['any', 'popBeforeSmtp', 'smtpAuth']),
})

export const announcementDocumentSchema = z
  .strictObject({
    kind: z.enum(announcementKinds),
    audience: z.enum(audiences),
    /** of the audience "domain" */
    domain: z.union([z.literal(''), hostName]),
    startsAt: z.iso.datetime().nullable(),
    endsAt: z.iso.datetime().nullable(),
    hosts: z.array(hostMoveSchema).max(20),
    links: z.array(z.enum(linkedPages)),
    /** what takes it from a subscriber's home by itself, whether it was read or not */
    doneWhen: z.enum(doneConditions).default('never'),
    ja: words,
    en: words,
  })
  .refine(({ audience, domain }) => audience !== 'domain' || domain !== '', { path: ['domain'] })
  .refine(({ startsAt, endsAt }) => (startsAt === null) === (endsAt === null) && (startsAt ?? '') <= (endsAt ?? ''), {
    path: ['endsAt'],
  })

export type AnnouncementDocument = z.infer<typeof announcementDocumentSchema>

const wordNames = ['title', 'lead', 'reason', 'affected', 'unaffected', 'body'] as const

const textLines = z
  .string()
  .max(10_000)
  .default('')
  .transform((text) => text.split('\n').flatMap((each) => each.trim() || []))
const optionalTime = z
  .union([z.literal(''), japanTime])
  .transform((moment) => (moment === '' ? null : moment.toISOString()))
const text = z.string().default('')

/** "sending mx.example smtpa.example smtpAuth", one a line; without a method it holds for any. */
const hostLines = textLines.transform((lines, context) =>
  lines.flatMap((each) => {
    const [purpose, from, to, method = 'any'] = each.split(/\s+/)
    const read = hostMoveSchema.safeParse({ purpose, from, to, method })
    if (!read.success) context.addIssue({ code: 'custom', message: 'not a line of hosts' })
    return read.success ? [read.data] : []
  }),
)

/** The operator's form, as a document. */
export const announcementFormSchema = z
  .object({
    kind: text,
    audience: text,
    domain: text,
    startsAt: optionalTime,
    endsAt: optionalTime,
    hosts: hostLines,
    links: z.array(z.enum(linkedPages)).default([]),
    doneWhen: z.enum(doneConditions).default('never'),
    ...wordFields('ja'),
    ...wordFields('en'),
  })
  .transform(({ kind, audience, domain, startsAt, endsAt, hosts, links, doneWhen, ...form }): unknown => ({
    ...{ kind, audience, domain, startsAt, endsAt, hosts, links, doneWhen },
    ja: wordsFrom(form, 'ja'),
    en: wordsFrom(form, 'en'),
  }))
  .pipe(announcementDocumentSchema)

type WordField<L extends Language> = `${L}.${(typeof wordNames)[number]}`
type WordFields<L extends Language> = Record<WordField<L>, typeof text> & Record<`${L}.remarks`, typeof textLines>

function wordFields<L extends Language>(language: L): WordFields<L> {
  const named = wordNames.map((name) => [`${language}.${name}`, text])
  return Object.fromEntries([...named, [`${language}.remarks`, textLines]]) as WordFields<L>
}

function wordsFrom(form: Record<string, unknown>, language: Language): Record<string, unknown> {
  return Object.fromEntries([...wordNames, 'remarks'].map((name) => [name, form[`${language}.${name}`]]))
}
