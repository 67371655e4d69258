import { listQueue, listQueueInput } from '#lib/delivery/list-queue.ts'
import { defineRoute } from '#lib/http/define-route.ts'

export const GET = defineRoute(listQueueInput, 'queue.read', listQueue)
