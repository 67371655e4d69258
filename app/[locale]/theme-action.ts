'use server'

import { z } from 'zod'
import { defineFormAction } from '#lib/http/define-action.ts'
import { rememberTheme, themes } from '#lib/http/theme.ts'

const input = z.object({ theme: z.enum(themes) })

export const chooseThemeAction = defineFormAction(input, 'anyone', async (_actor, { theme }) => rememberTheme(theme))
