'use server'

import { refresh } from 'next/cache'
import { defineAction, defineFormAction } from '#lib/http/define-action.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { assistInput } from '#lib/support/assisted-mailbox.ts'
import { changeContact, changeContactInput } from '#lib/support/change-contact.ts'
import { type CustomerHit, findCustomers, findCustomersInput } from '#lib/support/find-customers.ts'
import { issueSetUpCode, issueSetUpCodeInput, type SetUpCodeOutcome } from '#lib/support/issue-set-up-code.ts'
import { openCustomer, openCustomerInput } from '#lib/support/open-customer.ts'
import { releaseForCustomer } from '#lib/support/release-for-customer.ts'
import { removeSecondStep } from '#lib/support/remove-second-step.ts'
import { revokeForCustomer, revokeForCustomerInput } from '#lib/support/revoke-for-customer.ts'
import { shutOut, shutOutInput } from '#lib/support/shut-out.ts'
import { resumeMailbox, suspendMailbox, suspendMailboxInput } from '#lib/support/suspend-mailbox.ts'
import { askForTrace } from '#lib/trace-consent/ask-for-trace.ts'
import { enterTraceCode, enterTraceCodeInput } from '#lib/trace-consent/enter-trace-code.ts'

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
    const outcome = await revokeForCustomer(actor, input)
    refresh()
    return outcome
  },
)

export const releaseForCustomerAction = defineAction(assistInput, 'customer.releaseSending', async (actor, input) => {
  const outcome = await releaseForCustomer(actor, input)
  refresh()
  return outcome
})

export const issueSetUpCodeAction = defineAction(
  issueSetUpCodeInput,
  'customer.reset',
  async (actor, input): Promise<SetUpCodeOutcome> => {
    const outcome = await issueSetUpCode(actor, input)
    refresh()
    return outcome
  },
)

export const shutOutAction = defineAction(shutOutInput, 'customer.reset', async (actor, input) => {
  const outcome = await shutOut(actor, input)
  refresh()
  return outcome
})

export const suspendMailboxAction = defineAction(suspendMailboxInput, 'customer.reset', async (actor, input) => {
  const outcome = await suspendMailbox(actor, input)
  refresh()
  return outcome
})

export const resumeMailboxAction = defineAction(assistInput, 'customer.reset', async (actor, input) => {
  const outcome = await resumeMailbox(actor, input)
  refresh()
  return outcome
})

export const changeContactAction = defineAction(changeContactInput, 'customer.reset', async (actor, input) => {
  const outcome = await changeContact(actor, input)
  refresh()
  return outcome
})

export const removeSecondStepAction = defineAction(assistInput, 'customer.reset', async (actor, input) => {
  const outcome = await removeSecondStep(actor, input)
  refresh()
  return outcome
})

export const askForTraceAction = defineAction(assistInput, 'customer.trace', async (actor, input) => {
  await askForTrace(actor, input)
  refresh()
})

export const enterTraceCodeAction = defineAction(enterTraceCodeInput, 'customer.trace', async (actor, input) => {
  await enterTraceCode(actor, input)
  refresh()
})
