import { z } from 'zod'
import { listLiveSessions } from '#lib/accounts/index.ts'
import { defineRoute } from '#lib/http/define-route.ts'

export const GET = defineRoute(z.object({}), 'mailbox.read', (actor) => listLiveSessions(actor))
