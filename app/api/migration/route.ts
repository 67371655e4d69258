import { defineRoute } from '#lib/http/define-route.ts'
import { boardQuery, readBoard } from '#lib/migration/read-board.ts'

export const GET = defineRoute(boardQuery, 'migration.read', readBoard)
