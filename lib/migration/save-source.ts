import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { keepMasterPassword, recordSource } from './keep-source.ts'
import { sourceSettings } from './source-settings.ts'

/**
 * A place that mailboxes come from. Operators alone name hosts and directories: subscribers choose among them.
 * @throws AppError forbidden
 */
export async function saveSource(actor: Actor, input: z.input<typeof sourceSettings>): Promise<{ id: string }> {
  requirePermission(actor, 'migration.change')
  const { masterPassword, ...settings } = sourceSettings.parse(input)
  return prisma().$transaction(async (transaction) => {
    const { id } = await transaction.migrationSource.create({ data: settings })
    if (masterPassword !== '') await keepMasterPassword(transaction, id, masterPassword)
    await recordSource(transaction, actor, id, 'migrationSource.add', settings)
    return { id }
  })
}
