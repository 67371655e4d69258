export const dynamic = 'force-dynamic'

export { answerAutodiscover as POST, redirectAutodiscover as GET } from '#lib/autoconfig/answers.ts'
