import { z } from 'zod'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { currentPolicy } from '#lib/policy/repository.ts'
import type { Actor } from './actor.ts'
import { accessibleMailbox } from './mailbox-access.ts'
import { type MailboxView, mailboxView } from './views.ts'

export const chooseSendingMethodInput = z.strictObject({
  mailboxId: z.int().positive(),
  method: z.enum(['SMTP_AUTH', 'POP_BEFORE_SMTP']),
})

/**
 * The notice's choice between its two methods. SMTP AUTH always works; POP before SMTP is opted into here, and leaving
 * it closes the open RelayWindows.
 * @throws AppError not_found, conflict (the operator's policy has POP before SMTP turned off)
 */
export async function chooseSendingMethod(
  actor: Actor,
  input: z.infer<typeof chooseSendingMethodInput>,
): Promise<MailboxView> {
  const { mailboxId, method } = chooseSendingMethodInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  const popBeforeSmtp = method === 'POP_BEFORE_SMTP'
  if (popBeforeSmtp && !(await currentPolicy()).document.popBeforeSmtp.enabled) throw turnedOff()
  const changed = await prisma().$transaction(async (transaction) => {
    const row = await transaction.mailbox.update({
      where: { id: mailboxId },
      data: { sendingMethod: method, popBeforeSmtp },
    })
    if (!popBeforeSmtp) await transaction.relayWindow.deleteMany({ where: { mailboxId } })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'mailbox.chooseSendingMethod',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { method },
    })
    await transaction.$executeRaw`SELECT pg_notify('access_changed', ${String(mailboxId)})`
    return row
  })
  return mailboxView(changed)
}

function turnedOff(): AppError {
  return new AppError('conflict', 'POP before SMTP is off by policy', {
    ja: '現在、POP before SMTP はご利用いただけません。SMTP AUTH をお使いください。設定は変更されていません。',
    en: 'POP before SMTP is not available at present. Please use SMTP AUTH. Nothing was changed.',
  })
}
