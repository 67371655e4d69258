import { listSent, listSentInput } from '#lib/delivery/list-sent.ts'
import { defineRoute } from '#lib/http/define-route.ts'

export const GET = defineRoute(listSentInput, 'sent.read', listSent)
