import { listEvents, listEventsInput } from '#lib/activity/list-events.ts'
import { defineRoute } from '#lib/http/define-route.ts'

export const GET = defineRoute(listEventsInput, 'activity.read', listEvents)
