export const dynamic = 'force-dynamic'

export { answerAutodiscoverV2 as GET } from '#lib/autoconfig/answers.ts'
