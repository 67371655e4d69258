export const dynamic = 'force-dynamic'

export { answerMozillaAutoconfig as GET } from '#lib/autoconfig/answers.ts'
