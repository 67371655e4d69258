'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '#lib/http/define-action.ts'
import { cancelOwnMigration, startOwnMigration } from '#lib/migration/own-migration.ts'

const mailboxId = z.coerce.number().int().positive()

const start = z.object({
  mailboxId,
  sourceId: z.uuid(),
  sourceLogin: z.string().min(1),
  sourcePassword: z.string().min(1),
})

export const startOwnMigrationAction = defineAction(start, 'ownMigration.start', async (actor, input) => {
  await startOwnMigration(actor, input)
  refresh()
})

export const cancelOwnMigrationAction = defineAction(
  z.object({ mailboxId }),
  'ownMigration.start',
  async (actor, input) => {
    await cancelOwnMigration(actor, input)
    refresh()
  },
)
