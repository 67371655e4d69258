/** Customers and mailboxes. */
import { z } from 'zod'
import {
  addCustomer,
  addCustomerInput,
  findCustomer,
  listCustomers,
  listCustomersInput,
} from '#lib/provisioning/customers.ts'
import {
  addMailbox,
  addMailboxInput,
  findMailbox,
  listAllMailboxes,
  listMailboxesInput,
  resumeAnyMailbox,
  resumeInput,
  suspendAnyMailbox,
  suspendInput,
} from '#lib/provisioning/mailboxes.ts'
import { defineOperation } from '../operation.ts'
import { customerAnswer, mailboxAnswer, pageAnswer } from '../wire.ts'

const customerId = z.object({ customerId: z.uuid() })
export const mailboxId = z.object({ mailboxId: z.coerce.number().int().positive() })

export const accountOperations = [
  defineOperation({
    id: 'listCustomers',
    method: 'GET',
    path: '/customers',
    scope: 'accounts:read',
    summary: { ja: 'お客さまの一覧', en: 'List customers' },
    query: listCustomersInput,
    answer: pageAnswer(customerAnswer),
    perform: listCustomers,
  }),
  defineOperation({
    id: 'createCustomer',
    method: 'POST',
    path: '/customers',
    scope: 'accounts:write',
    summary: { ja: 'お客さまを登録する', en: 'Add a customer' },
    body: addCustomerInput,
    answer: customerAnswer,
    creates: true,
    perform: addCustomer,
  }),
  defineOperation({
    id: 'getCustomer',
    method: 'GET',
    path: '/customers/{customerId}',
    scope: 'accounts:read',
    summary: { ja: 'お客さまを1件読む', en: 'Read a customer' },
    params: customerId,
    answer: customerAnswer,
    perform: findCustomer,
  }),
  defineOperation({
    id: 'listMailboxes',
    method: 'GET',
    path: '/mailboxes',
    scope: 'accounts:read',
    summary: { ja: 'メールボックスの一覧', en: 'List mailboxes' },
    query: listMailboxesInput,
    answer: pageAnswer(mailboxAnswer),
    perform: listAllMailboxes,
  }),
  defineOperation({
    id: 'createMailbox',
    method: 'POST',
    path: '/mailboxes',
    scope: 'accounts:write',
    summary: { ja: 'メールボックスを作る', en: 'Create a mailbox' },
    body: addMailboxInput,
    answer: mailboxAnswer,
    creates: true,
    perform: addMailbox,
  }),
  defineOperation({
    id: 'getMailbox',
    method: 'GET',
    path: '/mailboxes/{mailboxId}',
    scope: 'accounts:read',
    summary: { ja: 'メールボックスを1件読む', en: 'Read a mailbox' },
    params: mailboxId,
    answer: mailboxAnswer,
    perform: findMailbox,
  }),
  defineOperation({
    id: 'suspendMailbox',
    method: 'POST',
    path: '/mailboxes/{mailboxId}/suspension',
    scope: 'accounts:write',
    summary: { ja: 'メールボックスの利用を止める', en: 'Suspend a mailbox' },
    params: mailboxId,
    body: suspendInput.omit({ mailboxId: true }),
    answer: mailboxAnswer,
    perform: suspendAnyMailbox,
  }),
  defineOperation({
    id: 'resumeMailbox',
    method: 'POST',
    path: '/mailboxes/{mailboxId}/resumption',
    scope: 'accounts:write',
    summary: { ja: 'メールボックスの利用を再開する', en: 'Resume a mailbox' },
    params: mailboxId,
    body: resumeInput.omit({ mailboxId: true }),
    answer: mailboxAnswer,
    perform: resumeAnyMailbox,
  }),
]
