import { watchAttempts } from '#lib/doctor/watch-attempts.ts'
import { givenCheckCode } from '#lib/http/check-cookie.ts'
import { defineOpenRoute } from '#lib/http/define-route.ts'
import { visitor } from '#lib/http/visitor.ts'

export const GET = defineOpenRoute(async (actor) => {
  const [{ address }, given] = await Promise.all([visitor(), givenCheckCode()])
  return watchAttempts({ actor, address, code: given?.code ?? null })
})
