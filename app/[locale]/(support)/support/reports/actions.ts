'use server'

import { refresh } from 'next/cache'
import { decideClientReport, decideClientReportInput } from '#lib/evidence/decide-client-report.ts'
import { defineAction } from '#lib/http/define-action.ts'

export const decideClientReportAction = defineAction(
  decideClientReportInput,
  'clientReport.decide',
  async (actor, input) => {
    await decideClientReport(actor, input)
    refresh()
  },
)
