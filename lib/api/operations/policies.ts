/** What the engine enforces, for everybody or for a part. */
import { z } from 'zod'
import { auditReason } from '#lib/audit/reason.ts'
import { extentSchema } from '#lib/policy/in-force.ts'
import { listPolicyVersions, policyInForceFor, readPolicyVersion, savePolicy } from '#lib/policy/index.ts'
import { moveRollout } from '#lib/policy/move-rollout.ts'
import { policyDocumentSchema } from '#lib/policy/schema.ts'
import { pageInput } from '#lib/provisioning/page.ts'
import { defineOperation } from '../operation.ts'
import { pageAnswer, policyAnswer, policyInForceAnswer, policyVersionAnswer } from '../wire.ts'

const version = z.object({ version: z.coerce.number().int().min(0) })
const MAX_VERSIONS = 10_000

export const policyOperations = [
  defineOperation({
    id: 'getPolicy',
    method: 'GET',
    path: '/policy',
    scope: 'policies:read',
    summary: { ja: 'いま適用されている方針', en: 'The policy in force' },
    answer: policyInForceAnswer,
    perform: policyInForceFor,
  }),
  defineOperation({
    id: 'putPolicy',
    method: 'PUT',
    path: '/policy',
    scope: 'policies:write',
    summary: {
      ja: '方針を新しい版として保存し、すべて、または一部のメールボックスに適用する',
      en: 'Save a policy as a new version, for everybody or for an extent',
    },
    body: z.strictObject({
      document: policyDocumentSchema,
      note: auditReason,
      basedOn: z.int().min(0),
      extent: extentSchema.nullable().default(null),
    }),
    answer: z.object({ version: z.int() }),
    perform: async (actor, input) => ({ version: await savePolicy(actor, input) }),
  }),
  defineOperation({
    id: 'listPolicyVersions',
    method: 'GET',
    path: '/policy/versions',
    scope: 'policies:read',
    summary: { ja: '方針の履歴（新しい順）', en: 'List the versions of the policy, newest first' },
    query: pageInput,
    answer: pageAnswer(policyVersionAnswer),
    async perform(actor, { cursor, limit }) {
      const all = await listPolicyVersions(actor, MAX_VERSIONS)
      const rest = all.filter((each) => cursor === undefined || each.version < Number(cursor))
      const items = rest.slice(0, limit)
      return { items, nextCursor: rest.length > limit ? String(items.at(-1)?.version) : null }
    },
  }),
  defineOperation({
    id: 'getPolicyVersion',
    method: 'GET',
    path: '/policy/versions/{version}',
    scope: 'policies:read',
    summary: { ja: '方針の版を1つ読む（0は初期値）', en: 'Read a version of the policy; 0 is the default' },
    params: version,
    answer: policyAnswer,
    perform: (actor, input) => readPolicyVersion(actor, input.version),
  }),
  defineOperation({
    id: 'moveRollout',
    method: 'PUT',
    path: '/policy/versions/{version}/rollout',
    scope: 'policies:write',
    summary: {
      ja: '段階的な適用を広げる・すべてに適用する・取りやめる',
      en: 'Widen a roll-out, finish it or take it back',
    },
    params: version,
    body: z.strictObject({ to: z.union([z.strictObject({ extent: extentSchema }), z.enum(['finished', 'returned'])]) }),
    perform: moveRollout,
  }),
]
