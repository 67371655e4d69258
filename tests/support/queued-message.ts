/** A message in the queue, without an engine: what the portal shows of it is the same. */
import { prisma } from '#lib/db/prisma.ts'

type Recipient = {
  readonly address: string
  readonly state?: 'WAITING' | 'HELD' | 'DELIVERED' | 'FAILED'
  /** how the last attempt was answered; none when nothing was tried */
  readonly reply?: { readonly code: number; readonly status: string; readonly text: string }
}

const HOUR_MS = 3_600_000

export async function addQueuedMessage(
  from: { readonly id: number; readonly address: string },
  recipients: readonly Recipient[],
  queuedAt = new Date(),
) {
  const message = await prisma().queuedMessage.create({
    data: {
      sender: from.address,
      mailboxId: from.id,
      listener: 'submissions',
      content: new Uint8Array(Buffer.from('Subject: hello\r\n\r\nHello.\r\n')),
      sizeBytes: 26,
      queuedAt,
      expiresAt: new Date(queuedAt.getTime() + 120 * HOUR_MS),
      recipients: { create: recipients.map((recipient) => rowOf(recipient, queuedAt)) },
    },
    include: { recipients: true },
  })
  return message.recipients
}

function rowOf({ address, state = 'WAITING', reply }: Recipient, queuedAt: Date) {
  const isOver = state === 'DELIVERED' || state === 'FAILED'
  return {
    address,
    domain: address.slice(address.lastIndexOf('@') + 1),
    state,
    attemptCount: reply ? 1 : 0,
    nextAttemptAt: reply ? new Date(Date.now() + HOUR_MS / 4) : queuedAt,
    finishedAt: isOver ? new Date() : null,
    ...(reply
      ? {
          attempts: {
            create: [
              {
                remoteHost: 'mx.elsewhere.test',
                replyCode: reply.code,
                enhancedStatus: reply.status,
                replyText: reply.text,
              },
            ],
          },
        }
      : {}),
  }
}
