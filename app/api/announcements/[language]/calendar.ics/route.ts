export const dynamic = 'force-dynamic'

export { answerCalendar as GET } from '#lib/announcements/feed-answers.ts'
