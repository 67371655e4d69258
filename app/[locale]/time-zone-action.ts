'use server'

import { z } from 'zod'
import { defineFormAction } from '#lib/http/define-action.ts'
import { rememberTimeZone, timeZone } from '#lib/http/time-zone.ts'

const input = z.object({ timeZone })

export const rememberTimeZoneAction = defineFormAction(input, 'anyone', async (_actor, given) =>
  rememberTimeZone(given.timeZone),
)
