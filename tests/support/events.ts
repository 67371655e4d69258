/** Waits for what the engine writes down: events come in batches, a moment after the reply. */
import { setTimeout as delay } from 'node:timers/promises'
import { prisma } from '#lib/db/prisma.ts'

const WAIT_MS = 5_000

/** @returns the first event that fits; throws when none comes */
export async function eventWhere(where: NonNullable<Parameters<typeof find>[0]>) {
  const deadline = Date.now() + WAIT_MS
  for (;;) {
    const event = await find(where)
    if (event !== null) return event
    if (Date.now() > deadline) throw new Error(`no event where ${JSON.stringify(where)}`)
    await delay(50)
  }
}

type Where = NonNullable<Parameters<ReturnType<typeof prisma>['protocolEvent']['findFirst']>[0]>['where']

function find(where: Where) {
  return prisma().protocolEvent.findFirst({ where, orderBy: { id: 'desc' } })
}
