import { answerOwnProfile } from '#lib/autoconfig/answers.ts'

export const dynamic = 'force-dynamic'

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return answerOwnProfile((await params).token)
}
