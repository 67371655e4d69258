import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { unfinishedStates } from './job-view.ts'
import { keepMasterPassword, recordSource } from './keep-source.ts'
import { lockSource, refuseWhile } from './lock-source.ts'
import { sourceSettings } from './source-settings.ts'

export const changeSourceInput = z.strictObject({
  sourceId: z.uuid(),
  /** an empty master password: the one that is kept stays */
  settings: sourceSettings,
  forgetsMasterPassword: z.boolean(),
})

/**
 * The master password is replaced or forgotten, never shown, and given to no other server than the one that it was
 * entered for; nor are those of single jobs.
 * @throws AppError forbidden, not_found, conflict (jobs of it are under way), invalid_input
 */
export async function changeSource(actor: Actor, input: z.input<typeof changeSourceInput>): Promise<void> {
  requirePermission(actor, 'migration.change')
  const { sourceId, settings: given, forgetsMasterPassword } = changeSourceInput.parse(input)
  const { masterPassword, ...settings } = given
  await prisma().$transaction(async (transaction) => {
    const source = await lockSource(transaction, sourceId)
    const isElsewhere = whereabouts.some((part) => settings[part] !== source[part])
    await refuseWhile(transaction, source, isElsewhere ? unfinishedStates : ['WAITING', 'RUNNING'])
    const keepsPassword = source.sealedMasterPassword !== null && masterPassword === '' && !forgetsMasterPassword
    if (keepsPassword && isElsewhere) throw masterPasswordMissing()
    if (keepsPassword && settings.selfService) throw masterPasswordStays()
    const sealed = forgetsMasterPassword ? { sealedMasterPassword: null } : {}
    await transaction.migrationSource.update({ where: { id: sourceId }, data: { ...settings, ...sealed } })
    if (masterPassword !== '') await keepMasterPassword(transaction, sourceId, masterPassword)
    await recordSource(transaction, actor, sourceId, 'migrationSource.change', settings)
  })
}

/** Who answers there, and who can listen. */
const whereabouts = ['host', 'imapPort', 'pop3Port', 'tls', 'authority'] as const

function masterPasswordMissing(): AppError {
  return new AppError('invalid_input', 'another server with the master password of this one', {
    ja: 'サーバーや暗号化を変えるときは、管理者用パスワードをもう一度入力してください。保管しているものは、いまのサーバーにだけ使います。まだ何も変更していません。',
    en: 'To change the server or its encryption, enter the master password again: the one that is kept is for the present server only. Nothing was changed.',
  })
}

function masterPasswordStays(): AppError {
  return new AppError('invalid_input', 'self-service with a master password', {
    ja: 'お客さまが自分で移せる移行元には、管理者用パスワードを残せません。「管理者用パスワードを消す」も選んでください。まだ何も変更していません。',
    en: 'A source that subscribers may use cannot keep a master password. Choose “Forget the master password” too. Nothing was changed.',
  })
}
