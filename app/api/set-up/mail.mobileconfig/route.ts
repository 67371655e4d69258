/** The profile for anybody: the device asks for address, user name and password. */
export const dynamic = 'force-dynamic'

export { answerAnyonesProfile as GET } from '#lib/autoconfig/answers.ts'
