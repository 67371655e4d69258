/** The people of the access tests: two subscribers who must not see each other, a support agent and an operator. */
import { createPortalAccount } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { portalPassword } from './password.ts'
import { addOperator, addSubscriber } from './people.ts'

export const logins = {
  subscriber: 'taro@infonia.ne.jp',
  stranger: 'hanako@infonia.ne.jp',
  agent: 'agent',
  operator: 'operator',
} as const

export async function addEverybody() {
  const operator = await addOperator()
  const subscriber = await addSubscriber('taro', false)
  const stranger = await addSubscriber('hanako', true)
  await prisma().$transaction((transaction) =>
    createPortalAccount(transaction, {
      login: logins.agent,
      password: portalPassword,
      role: 'SUPPORT_AGENT',
      displayName: 'Agent',
      customerId: null,
    }),
  )
  return { operator, subscriber, stranger }
}
