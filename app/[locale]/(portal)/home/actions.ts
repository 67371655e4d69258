'use server'

import { refresh } from 'next/cache'
import { acknowledgeAnnouncement, acknowledgeAnnouncementInput } from '#lib/announcements/announcements-for.ts'
import { defineAction, defineFormAction } from '#lib/http/define-action.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { answerTrace, answerTraceInput } from '#lib/trace-consent/answer-trace.ts'
import { type ShownTraceCode, showTraceCode, showTraceCodeInput } from '#lib/trace-consent/show-trace-code.ts'

export const acknowledgeAnnouncementAction = defineFormAction(
  acknowledgeAnnouncementInput,
  'announcement.acknowledge',
  async (actor, input) => {
    await acknowledgeAnnouncement(actor, input)
    return goTo('/home')
  },
)

export const answerTraceAction = defineAction(answerTraceInput, 'trace.answer', async (actor, input) => {
  await answerTrace(actor, input)
  refresh()
})

export const showTraceCodeAction = defineAction(
  showTraceCodeInput,
  'trace.answer',
  async (actor, input): Promise<ShownTraceCode> => showTraceCode(actor, input),
)
