import { z } from 'zod'
import { defineRoute } from '#lib/http/define-route.ts'
import { readOwnMigrations } from '#lib/migration/own-migration.ts'

export const GET = defineRoute(z.object({}), 'ownMigration.read', readOwnMigrations)
