'use server'

import { refresh } from 'next/cache'
import { defineAction, defineFormAction } from '#lib/http/define-action.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { type CustomerHit, findCustomers, findCustomersInput } from '#lib/support/find-customers.ts'
import { openCustomer, openCustomerInput } from '#lib/support/open-customer.ts'
import { releaseForCustomer, releaseForCustomerInput } from '#lib/support/release-for-customer.ts'
import { revokeForCustomer, revokeForCustomerInput } from '#lib/support/revoke-for-customer.ts'

type Found = { readonly query: string; readonly reason: string; readonly hits: readonly CustomerHit[] }

export const findCustomersAction = defineAction(
  findCustomersInput,
  'customer.search',
  async (actor, input): Promise<Found> => ({ ...input, hits: await findCustomers(actor, input) }),
)

export const openCustomerAction = defineFormAction(openCustomerInput, 'customer.read', async (actor, input) => {
  await openCustomer(actor, input)
  return goTo(`/support/${input.customerId}`)
})

export const revokeForCustomerAction = defineAction(
  revokeForCustomerInput,
  'customer.revokeCredential',
  async (actor, input) => {
    await revokeForCustomer(actor, input)
    refresh()
  },
)

export const releaseForCustomerAction = defineAction(
  releaseForCustomerInput,
  'customer.releaseSending',
  async (actor, input) => {
    await releaseForCustomer(actor, input)
    refresh()
  },
)
