import { answerRequest } from '#lib/api/answer-request.ts'
import { visitor } from '#lib/http/visitor.ts'

export const dynamic = 'force-dynamic'

/** Every operation of lib/api; a browser's session opens nothing here. */
async function answer(request: Request): Promise<Response> {
  return answerRequest(request, (await visitor()).address)
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT }
