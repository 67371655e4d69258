/**
 * `npm run ispmail -- COMMAND`: the operator's bulk work, by the same use-cases as the portal's pages and the API, beside
 * a running service. Exit codes: 0 done, 1 something was not done, 2 called wrongly.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { AwaitingApproval } from '#lib/approvals/awaiting-approval.ts'
import { closePrisma, runTogether } from '#lib/db/prisma.ts'
import { takeBack } from '#lib/db/take-back.ts'
import { EnvironmentError } from '#lib/env/read-environment.ts'
import { type Command, type Context, UsageError } from './command.ts'
import { aliasCommands } from './commands/aliases.ts'
import { announcementCommands } from './commands/announcements.ts'
import { auditCommands } from './commands/audit.ts'
import { customerCommands } from './commands/customers.ts'
import { mailboxCommands } from './commands/mailboxes.ts'
import { passwordCommands } from './commands/passwords.ts'
import { policyCommands } from './commands/policy.ts'
import { staffCommands } from './commands/staff.ts'
import { explain } from './explain.ts'
import { nobody, operatorNamed, recordRun } from './operator.ts'

const commands = [
  ...staffCommands,
  ...customerCommands,
  ...mailboxCommands,
  ...aliasCommands,
  ...passwordCommands,
  ...policyCommands,
  ...announcementCommands,
  ...auditCommands,
]

const common = {
  as: { type: 'string' },
  reason: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const MIN_REASON_LENGTH = 4

async function run(args: readonly string[]): Promise<number> {
  const command = commands.find(({ name }) => `${args[0]} ${args[1]}` === name)
  if (command === undefined) {
    if (args.length > 0 && !args.includes('--help') && !args.includes('-h')) throw new UsageError('no such command')
    for (const line of helpLines()) console.log(line)
    return 0
  }
  const { values, positionals } = parse(command, args.slice(2))
  if (values.help === true) {
    for (const line of helpOf(command)) console.log(line)
    return 0
  }
  return (await command.run(await contextOf(command, values, positionals))) === 0 ? 0 : 1
}

type Values = Readonly<Record<string, unknown>>

function parse(command: Command, args: string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options: { ...common, ...command.options }, allowPositionals: true })
  } catch (error) {
    throw new UsageError(explain(error))
  }
}

async function contextOf(command: Command, values: Values, words: readonly string[]): Promise<Context> {
  const option = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const reason = (option('reason') ?? '').trim()
  const isDryRun = values['dry-run'] === true
  const login = option('as')
  if (command.changes && reason.length < MIN_REASON_LENGTH)
    throw new UsageError('--reason is missing: it is kept on record')
  const actor = command.isFirst ? nobody : await operatorNamed(login)
  let recorded: Promise<void> | undefined
  return {
    actor,
    reason,
    words,
    option,
    isDryRun,
    isSet: (name) => values[name] === true,
    say: (line) => console.log(line),
    async perform(work) {
      if (isDryRun) return takeBack(work)
      recorded ??= command.isFirst ? Promise.resolve() : recordRun(actor, command.name, reason)
      await recorded
      return orAskForApproval(work)
    },
  }
}

/** A request for somebody else's approval outlives the work that has to wait for it. */
async function orAskForApproval<Result>(work: () => Promise<Result>): Promise<Result> {
  const outcome = await runTogether(async () => {
    try {
      return { result: await work() }
    } catch (error) {
      if (error instanceof AwaitingApproval) return { error }
      throw error
    }
  })
  if ('error' in outcome) throw outcome.error
  return outcome.result
}

function helpLines(): string[] {
  const each = commands.flatMap(({ name, takes, summary }) => [`  ${name} ${takes}`, `      ${summary}`])
  return [
    'npm run -s ispmail -- COMMAND --as OPERATOR [--reason "…"] [--dry-run]',
    '',
    ...each,
    '',
    'Commands that change something need --reason; with --dry-run they change nothing.',
  ]
}

function helpOf({ name, takes, summary, changes, isFirst }: Command): string[] {
  const by = isFirst ? [] : ['--as OPERATOR']
  const rest = [...by, ...(changes ? ['--reason "…" [--dry-run]'] : [])].join(' ')
  return [`npm run -s ispmail -- ${name} ${takes} ${rest}`, `  ${summary}`]
}

function isForeseen(error: unknown): boolean {
  return error instanceof UsageError || error instanceof EnvironmentError
}

if (existsSync('.env')) process.loadEnvFile('.env')
try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  console.error(`ispmail: ${explain(error)}`)
  if (error instanceof UsageError) console.error('npm run -s ispmail -- --help says what there is.')
  process.exitCode = isForeseen(error) ? 2 : 1
} finally {
  await closePrisma()
}
