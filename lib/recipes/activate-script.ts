import { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import { notFound } from '#lib/accounts/actor.ts'
import { accessibleMailbox } from '#lib/accounts/mailbox-access.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { askAboutForwards } from './ask-about-forwards.ts'
import { setActiveScript } from './scripts.ts'

export const activateScriptInput = z.strictObject({
  mailboxId: z.coerce.number().int(),
  /** empty: no script at all */
  name: z.string().max(512),
})

/** Which script rules over what arrives. @throws AppError not_found */
export async function activateScript(actor: Actor, input: z.input<typeof activateScriptInput>): Promise<void> {
  const { mailboxId, name } = activateScriptInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  const chosen = name === '' ? null : name
  await prisma().$transaction(async (transaction) => {
    if (chosen !== null) {
      const script = await transaction.sieveScript.findUnique({ where: { mailboxId_name: { mailboxId, name } } })
      if (script === null) throw notFound(`script ${name} of mailbox ${mailboxId}`)
      await askAboutForwards(transaction, mailboxId, script.content)
    }
    await setActiveScript(transaction, mailboxId, chosen)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'recipes.activate',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { label: name },
    })
  })
}
