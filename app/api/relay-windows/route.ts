import { z } from 'zod'
import { readWindowMeter } from '#lib/activity/read-window-meter.ts'
import { defineRoute } from '#lib/http/define-route.ts'

export const GET = defineRoute(z.object({}), 'home.read', (actor) => readWindowMeter(actor))
