import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { languages } from '#lib/guides/bilingual.ts'
import { catalogue, findClient, modernClients, safeSuccessorOf } from '#lib/guides/catalogue.ts'
import {
  eras,
  lifeStates,
  platforms,
  popBeforeSmtpAbilities,
  smtpAuthSupports,
  tlsAges,
  userNameForms,
} from '#lib/guides/client.ts'
import { purposes, type Step, slotNames } from '#lib/guides/dialog.ts'
import { confidences } from '#lib/guides/fact.ts'
import { sources } from '#lib/guides/sources.ts'
import { warnings } from '#lib/guides/warnings.ts'
import { matrix } from '#tests/support/matrix.ts'

const sourceId = z.enum(Object.keys(sources))
const label = z.string().trim().min(1)

/** A fact is known with a value, or unknown without one; what claims a source names it. */
function fact(value: z.ZodType) {
  return z
    .strictObject({ value: value.nullable(), confidence: z.enum(confidences), sources: z.array(sourceId) })
    .refine(({ value, confidence }) => (value === null) === (confidence === 'unknown'), 'null means unknown')
    .refine(
      ({ confidence, sources }) => ['common-knowledge', 'unknown'].includes(confidence) === (sources.length === 0),
      'a source exactly where one is claimed',
    )
}

const chooser = z.enum(['receiving', 'incomingSecurity', 'outgoingSecurity'])
const bilingual = z.strictObject({ ja: label, en: label })
const step: z.ZodType<Step> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('open'), path: z.array(label).min(1) }),
    z.strictObject({ kind: z.literal('fill'), label: label.nullable(), slot: z.enum(slotNames) }),
    z.strictObject({ kind: z.literal('leaveEmpty'), label }),
    z.strictObject({ kind: z.literal('turn'), label, on: z.boolean() }),
    z.strictObject({ kind: z.literal('turnIf'), label, by: chooser, is: z.string() }),
    z.strictObject({ kind: z.literal('choose'), label: label.nullable(), option: label }),
    z.strictObject({ kind: z.literal('avoid'), label, option: label }),
    z.strictObject({
      kind: z.literal('match'),
      label: label.nullable(),
      by: chooser,
      options: z.record(z.string(), label),
    }),
    z.strictObject({ kind: z.literal('write'), line: label }),
    z.strictObject({ kind: z.literal('say'), text: bilingual }),
    z.strictObject({ kind: z.literal('only'), by: chooser, is: z.string(), step }),
  ]),
)
const labels = z.strictObject({ ja: fact(z.array(step).min(1)), en: fact(z.array(step).min(1)) })

const clientSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  name: bilingual,
  version: label,
  vendor: fact(label),
  era: z.enum(eras),
  platforms: z.array(z.enum(platforms)).min(1),
  released: fact(z.int().min(1990).max(2030)),
  life: fact(z.strictObject({ state: z.enum(lifeStates), endedIn: z.int().nullable() })),
  successor: z.string().nullable(),
  searchNames: z.array(label),
  smtpAuth: fact(z.enum(smtpAuthSupports)),
  mechanisms: fact(z.array(label).min(1)),
  popBeforeSmtp: fact(z.enum(popBeforeSmtpAbilities)),
  pop3: fact(z.boolean()),
  apop: fact(z.boolean()),
  pop3Tls: fact(z.boolean()),
  imap: fact(z.boolean()),
  tls: fact(z.enum(tlsAges)),
  startTls: fact(z.enum(['any-port', 'port-25-only'])),
  implicitTls: fact(z.boolean()),
  portConfigurable: fact(z.boolean()),
  userNameForm: fact(z.enum(userNameForms)),
  discovery: fact(z.array(z.string())),
  dialog: z.strictObject({
    ...Object.fromEntries(purposes.map((purpose) => [purpose, labels])),
    popBeforeSmtp: labels.optional(),
    labelsFrom: bilingual.optional(),
  }),
  warnings: z.array(z.enum(Object.keys(warnings))),
})

test('65 clients: 36 of the notice and 29 of today, each valid, each with an id of its own', () => {
  for (const client of catalogue) {
    const { error } = clientSchema.safeParse(client)
    assert.equal(error, undefined, `${client.id}: ${error?.message}`)
  }
  assert.equal(catalogue.length, 65)
  assert.equal(modernClients.length, 29)
  assert.equal(new Set(catalogue.map(({ id }) => id)).size, 65)
  assert.equal(new Set(catalogue.map(({ name }) => name.ja)).size, 65, 'two clients with one name')
  assert.equal(new Set(catalogue.map(({ name }) => name.en)).size, 65, 'two clients with one name')
})

test('successors exist, and lead to a client that connects safely without going round in circles', () => {
  for (const client of catalogue) {
    if (client.successor !== null) assert.ok(findClient(client.successor), `${client.id} → ${client.successor}`)
    const safe = safeSuccessorOf(client)
    if (safe !== null) assert.equal(safe.tls.value, 'current', client.id)
  }
  assert.equal(
    safeSuccessorOf(catalogue.find(({ id }) => id === 'al-mail32-1-12') ?? assert.fail())?.id,
    'becky-2-current',
  )
})

test('every source is used, and every warning too', () => {
  const text = JSON.stringify([catalogue, warnings])
  for (const id of Object.keys(sources)) assert.ok(text.includes(`"${id}"`), `source ${id}`)
  const derived = ['fullAddress', 'starttlsPort', 'port25Blocked']
  const given = new Set<string>(catalogue.flatMap((client) => client.warnings).concat(derived as never[]))
  for (const id of Object.keys(warnings)) assert.ok(given.has(id), `warning ${id}`)
})

describe('labels of the screens', () => {
  const { check } = matrix('guide-labels', 'Sections of guides whose labels have a source, or are said to be unknown')
  for (const { id, dialog } of catalogue) {
    for (const language of languages) {
      check(
        `${id} ${language}`,
        async () => {
          for (const purpose of purposes) {
            const { value, confidence, sources: from } = dialog[purpose][language]
            const isTraced = from.length > 0 && from.every((source) => Object.hasOwn(sources, source))
            assert.equal(isTraced, value !== null, `${purpose}: ${confidence}`)
          }
        },
        purposes.length,
      )
    }
  }
})
