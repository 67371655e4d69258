/** Waits for what the engine writes down: events come in batches, a moment after the reply. */
import assert from 'node:assert/strict'
import { prisma } from '#lib/db/prisma.ts'
import { eventually } from './eventually.ts'

/** @returns the first event that fits; throws when none comes */
export function eventWhere(where: NonNullable<Parameters<typeof find>[0]>) {
  return eventually(async () => {
    const event = await find(where)
    assert.ok(event, `no event where ${JSON.stringify(where)}`)
    return event
  })
}

type Where = NonNullable<Parameters<ReturnType<typeof prisma>['protocolEvent']['findFirst']>[0]>['where']

function find(where: Where) {
  return prisma().protocolEvent.findFirst({ where, orderBy: { id: 'desc' } })
}
