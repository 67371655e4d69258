/** Contracts, many at a time. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readTable, type TableRow } from '#lib/csv/read-table.ts'
import { addCustomer, addCustomerInput, listCustomers } from '#lib/provisioning/customers.ts'
import { addMailbox } from '#lib/provisioning/mailboxes.ts'
import { type Command, type Context, oneWord } from '../command.ts'
import { explain } from '../explain.ts'

const row = z.strictObject({
  contract_number: addCustomerInput.shape.contractNumber,
  name: addCustomerInput.shape.name,
  name_kana: addCustomerInput.shape.nameKana,
  phone: addCustomerInput.shape.phone,
  /** empty: no mailbox yet */
  address: z.string().trim().default(''),
  pop_before_smtp: z.enum(['', 'yes', 'no']).default(''),
})

const importCustomers: Command = {
  name: 'customers import',
  takes: 'FILE.csv',
  summary: 'adds a customer, and a mailbox where there is an address, for each line of a file',
  options: {},
  changes: true,
  async run(context) {
    const rows = readTable(readFileSync(oneWord(context, 'file')))
    const repeated = repeatedLines(rows)
    let failed = 0
    for (const each of rows) failed += await addRow(context, each, repeated)
    const done = context.isDryRun ? 'would be added' : 'added'
    context.say(`${rows.length - failed} ${done}, ${failed} not.`)
    return failed
  },
}

/** A line that cannot be added is named and does not hold up the others. @returns 1 for such a line */
async function addRow(context: Context, { line, values }: TableRow, repeated: ReadonlySet<number>): Promise<number> {
  try {
    if (repeated.has(line)) throw new Error('a line before it has the same contract number or address')
    const { contract_number, name, name_kana, phone, address, pop_before_smtp } = row.parse(values)
    await context.perform(async () => {
      const given = { contractNumber: contract_number, name, nameKana: name_kana, phone }
      const customer = await addCustomer(context.actor, given)
      if (address === '') return
      const popBeforeSmtp = pop_before_smtp === 'yes'
      await addMailbox(context.actor, { customerId: customer.id, address, displayName: name, popBeforeSmtp })
    })
    context.say(`line ${line}: ${contract_number} ${address}`)
    return 0
  } catch (error) {
    context.say(`line ${line}: not added: ${explain(error)}`)
    return 1
  }
}

/** A dry run takes each line back, so it would not see these. */
function repeatedLines(rows: readonly TableRow[]): ReadonlySet<number> {
  const seen = new Set<string>()
  return new Set(
    rows.flatMap(({ line, values }) => {
      const names = [values.contract_number, values.address].map((name) => name?.trim().toLowerCase() ?? '')
      const isRepeated = names.some((name) => name !== '' && seen.has(name))
      for (const name of names) seen.add(name)
      return isRepeated ? [line] : []
    }),
  )
}

const listAll: Command = {
  name: 'customers list',
  takes: '',
  summary: 'prints every contract number, with its id and name',
  options: {},
  changes: false,
  async run({ actor, say }) {
    for (let cursor: string | undefined = '', isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = await listCustomers(actor, { limit: 200, ...(isFirst ? {} : { cursor }) })
      for (const { id, contractNumber, name } of page.items) say(`${contractNumber}\t${id}\t${name}`)
      cursor = page.nextCursor ?? undefined
    }
    return 0
  },
}

export const customerCommands = [importCustomers, listAll]
