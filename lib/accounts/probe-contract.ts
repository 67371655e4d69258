/** The contract of our own probes, which log in as mail programs do: nobody reads its mailbox, and no list of people has it. */
import { Prisma } from '#lib/db/prisma.ts'

export const PROBE_CONTRACT_NUMBER = 'status-probe'

/** Of a mailbox `m`. */
export const isOfCustomer = Prisma.sql`
  m.customer_id NOT IN (SELECT id FROM customers WHERE contract_number = ${PROBE_CONTRACT_NUMBER})`
