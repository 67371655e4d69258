/** What is on record: of the engine, and of what people did. */
import { z } from 'zod'
import { whoWasAffected } from '#lib/audit/who-was-affected.ts'
import { listAllEvents, listEventsInput } from '#lib/provisioning/events.ts'
import { defineOperation } from '../operation.ts'
import { affectedAnswer, eventAnswer, pageAnswer } from '../wire.ts'

export const recordOperations = [
  defineOperation({
    id: 'listEvents',
    method: 'GET',
    path: '/events',
    scope: 'events:read',
    summary: {
      ja: 'メールサーバーの記録（古い順、相手のアドレスは含みません）',
      en: 'List what the engine saw, oldest first; never with whom somebody writes',
    },
    query: listEventsInput,
    answer: pageAnswer(eventAnswer),
    perform: listAllEvents,
  }),
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
