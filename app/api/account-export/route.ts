import { z } from 'zod'
import { takeExport } from '#lib/account-export/allow-export.ts'
import { exportMailbox } from '#lib/account-export/export-mailbox.ts'
import { defineDownload } from '#lib/http/define-route.ts'

export const GET = defineDownload(z.object({ exportId: z.uuid() }), 'account.export', async (actor, { exportId }) => {
  const mailbox = await takeExport(actor, exportId)
  return { fileName: `${mailbox.login}.zip`, type: 'application/zip', content: exportMailbox(mailbox) }
})
