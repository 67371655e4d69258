'use server'

import { reportClient, reportClientInput } from '#lib/evidence/report-client.ts'
import { defineAction } from '#lib/http/define-action.ts'

export const reportClientAction = defineAction(reportClientInput, 'clientReport.make', reportClient)
