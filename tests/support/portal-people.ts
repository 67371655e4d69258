/** The people of the access tests: two subscribers who must not see each other, staff of each role, and a newcomer. */
import { createPortalAccount } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { portalPassword } from './password.ts'
import { addOperator, addSubscriber } from './people.ts'
import { logins } from './portal-logins.ts'

const staff = [
  { login: logins.agent, role: 'SUPPORT_AGENT' },
  { login: logins.senior, role: 'SENIOR_AGENT' },
  { login: logins.auditor, role: 'AUDITOR' },
  { login: logins.unproven, role: 'OPERATOR' },
] as const

export async function addEverybody() {
  const operator = await addOperator()
  const subscriber = await addSubscriber('taro', false)
  const stranger = await addSubscriber('hanako', true)
  await prisma().$transaction(async (transaction) => {
    for (const { login, role } of staff) {
      const account = { login, role, password: portalPassword, displayName: login, customerId: null }
      await createPortalAccount(transaction, account)
    }
  })
  return { operator, subscriber, stranger }
}
