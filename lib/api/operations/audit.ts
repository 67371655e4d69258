/** Questions to the audit trail. */
import { z } from 'zod'
import { whoWasAffected } from '#lib/audit/who-was-affected.ts'
import { defineOperation } from '../operation.ts'
import { affectedAnswer } from '../wire.ts'

export const auditOperations = [
  defineOperation({
    id: 'listAffected',
    method: 'GET',
    path: '/audit/affected',
    scope: 'audit:read',
    summary: { ja: 'だれが影響を受けたか（監査記録から）', en: 'Who was affected, from the audit trail' },
    query: z.object({
      action: z.string().max(60).default(''),
      by: z.string().max(320).default(''),
      from: z.iso.datetime(),
      to: z.iso.datetime(),
    }),
    answer: affectedAnswer,
    perform: whoWasAffected,
  }),
]
