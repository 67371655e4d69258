/**
 * The policy document as a form: every value has the name of its path ("listeners.pop3.requireTls"). Sizes are in
 * mebibytes and the window in minutes, as people say them; the document keeps bytes and seconds.
 */
import { z } from 'zod'
import { auditReason } from '#lib/audit/reason.ts'
import { japanTime, toJapanTime } from '#lib/clock/japan-time.ts'
import type { FormValues } from '#lib/http/form-values.ts'
import { extentSchema } from '#lib/policy/in-force.ts'
import { type NumberField, numberFields, numberListFields } from '#lib/policy/number-units.ts'
import { listenerNames, type PolicyDocument, policyDocumentSchema } from '#lib/policy/schema.ts'
import { extentFrom } from './extent-form.ts'

/** Beside those of the listeners. */
const switchFields = ['popBeforeSmtp.enabled', 'strangers.greylisting', 'oldHost.sendsByMxPort'] as const

/** One of a few words. */
const choiceFields = ['inbound.senderChecks', 'scanning.whenAway', 'scanning.spam', 'migration.fullMailbox'] as const

/** Fields that hold several entries, with commas between them. */
const listFields = [
  'popBeforeSmtp.sharedNetworks',
  'popBeforeSmtp.proxyNetworks',
  'popBeforeSmtp.accessNetworks',
  'abuse.homeNetworks',
  'connections.unlimitedNetworks',
  'webhooks.reachableNetworks',
  'inbound.trustedNetworks',
  'ownAddresses.reservedNames',
  'strangers.rejectLists',
  'strangers.deferLists',
  'strangers.markLists',
  'strangers.knownNetworks',
] as const
export type ListField = (typeof listFields)[number]

export function shownList(document: PolicyDocument, field: ListField): string {
  return (valueAt(document, field) as readonly string[]).join(', ')
}

export function shownNumberList(document: PolicyDocument, field: keyof typeof numberListFields): string {
  return (valueAt(document, field) as readonly number[]).map((value) => value / numberListFields[field]).join(', ')
}

const numberFieldNames = Object.keys(numberFields) as NumberField[]

/** What the form shows for a number of the document. */
export function shownNumber(document: PolicyDocument, field: NumberField): number {
  return Number(valueAt(document, field)) / numberFields[field]
}

export function isLoginListener(name: (typeof listenerNames)[number]): name is Exclude<typeof name, 'mx' | 'smtp'> {
  return name !== 'mx' && name !== 'smtp'
}

/** By the clock of Japan, and empty for never. */
export function shownMoment(moment: string | null): string {
  return moment === null ? '' : toJapanTime(new Date(moment))
}

/** The form's flat values become a document, which the policy's own schema then judges. */
export const policyForm = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .transform((values): unknown => ({ ...values, document: documentFrom(values), extent: extentFrom(values) }))
  .pipe(
    z.object({
      document: policyDocumentSchema,
      extent: extentSchema.nullable(),
      note: auditReason,
      basedOn: z.coerce.number().int().nonnegative(),
    }),
  )

/** The same form before it is saved. */
export const policyDraftForm = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .transform((values): unknown => documentFrom(values))
  .pipe(policyDocumentSchema)

/** What the form sends when nothing is changed in it. */
export function policyFormValues(document: PolicyDocument): FormValues {
  const values: FormValues = {}
  const turnOn = (name: string) => {
    if (valueAt(document, name) === true) values[name] = 'on'
  }
  for (const field of switchFields) turnOn(field)
  for (const name of listenerNames) {
    turnOn(`listeners.${name}.enabled`)
    turnOn(`listeners.${name}.requireTls`)
    if (isLoginListener(name)) values[`listeners.${name}.mechanisms[]`] = [...document.listeners[name].mechanisms]
  }
  for (const field of choiceFields) values[field] = String(valueAt(document, field))
  for (const field of listFields) values[field] = shownList(document, field)
  values['relay.retryDelaysSeconds'] = shownNumberList(document, 'relay.retryDelaysSeconds')
  for (const field of numberFieldNames) values[field] = String(shownNumber(document, field))
  values['inheritedPasswords.readingUntil'] = shownMoment(document.inheritedPasswords.readingUntil)
  values['oldHost.waves'] = JSON.stringify(document.oldHost.waves)
  return values
}

function documentFrom(values: FormValues): unknown {
  const isOn = (name: string) => values[name] === 'on'
  const document: Record<string, unknown> = {}
  for (const name of listenerNames) {
    const path = `listeners.${name}`
    put(document, `${path}.enabled`, isOn(`${path}.enabled`))
    if (!isLoginListener(name)) continue
    put(document, `${path}.requireTls`, isOn(`${path}.requireTls`))
    put(document, `${path}.mechanisms`, values[`${path}.mechanisms`] ?? [])
  }
  for (const field of switchFields) put(document, field, isOn(field))
  for (const [field, unit] of Object.entries(numberFields)) put(document, field, numberFrom(values[field], unit))
  for (const field of choiceFields) put(document, field, values[field])
  put(document, 'inheritedPasswords.readingUntil', momentFrom(values['inheritedPasswords.readingUntil']))
  put(document, 'oldHost.waves', jsonFrom(values['oldHost.waves']))
  for (const field of listFields) put(document, field, listFrom(values[field]))
  for (const [field, unit] of Object.entries(numberListFields)) {
    put(
      document,
      field,
      listFrom(values[field]).map((entry) => numberFrom(entry, unit)),
    )
  }
  return document
}

function listFrom(value: FormValues[string] | undefined): readonly string[] {
  const text = typeof value === 'string' ? value.normalize('NFKC') : ''
  return text.split(/[\s,、]+/).filter((entry) => entry !== '')
}

/** The waves of the old host have a page of their own; this form carries them along. */
function jsonFrom(value: FormValues[string] | undefined): unknown {
  if (typeof value !== 'string') return undefined
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}

/** What is no moment stays as it is, for the schema to refuse. */
function momentFrom(value: FormValues[string] | undefined): unknown {
  return value === '' ? null : (japanTime.safeParse(value).data?.toISOString() ?? value)
}

/** Full-width digits are digits too. What is no number stays as it is, for the schema to refuse. */
function numberFrom(value: FormValues[string] | undefined, unit: number): unknown {
  const text = typeof value === 'string' ? value.normalize('NFKC').replaceAll(',', '').trim() : ''
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * unit) : value
}

function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [head = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    target[head] = value
    return
  }
  const inner = (target[head] ?? {}) as Record<string, unknown>
  target[head] = inner
  put(inner, rest.join('.'), value)
}

export function valueAt(document: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}
