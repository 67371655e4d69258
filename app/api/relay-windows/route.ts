import { z } from 'zod'
import { listRelayWindows } from '#lib/activity/list-relay-windows.ts'
import { defineRoute } from '#lib/http/define-route.ts'

export const GET = defineRoute(z.object({}), 'home.read', (actor) => listRelayWindows(actor))
