/** The first of those who work here; they invite the others in the portal. */
import { addFirstOperator } from '#lib/staff/add-first-operator.ts'
import { type Command, oneWord, required } from '../command.ts'

const text = { type: 'string' } as const

const first: Command = {
  name: 'staff first',
  takes: 'LOGIN --name NAME --mail ADDRESS',
  summary: 'adds the first operator of a new site, without --as, and prints the password, once',
  options: { name: text, mail: text },
  changes: true,
  isFirst: true,
  async run(context) {
    const [login, displayName] = [oneWord(context, 'login'), required(context, 'name')]
    const person = { login, displayName, mailAddress: required(context, 'mail') }
    const { password } = await context.perform(() => addFirstOperator({ ...person, reason: context.reason }))
    context.say(context.isDryRun ? `${login}: would be added` : `${login} ${password}`)
    return 0
  },
}

export const staffCommands = [first]
