/** For the name ua-auto-config.<domain>. */
export const dynamic = 'force-dynamic'

export { answerPacc as GET } from '#lib/autoconfig/answers.ts'
