export const dynamic = 'force-dynamic'

export { answerFeed as GET } from '#lib/announcements/feed-answers.ts'
