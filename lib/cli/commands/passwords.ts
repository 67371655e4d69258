/** The passwords that people had on the old system. No hash is ever printed. */
import { readFileSync } from 'node:fs'
import { siteEnv } from '#lib/env/site.ts'
import { importPassword } from '#lib/inherited-passwords/import-password.ts'
import { forgetInheritedPassword, listInheritedPasswords } from '#lib/inherited-passwords/list-passwords.ts'
import { type Command, type Context, oneWord } from '../command.ts'
import { explain } from '../explain.ts'
import { forEachWord } from '../for-each-word.ts'
import { type PasswordLine, readPasswordFile } from '../read-password-file.ts'

const importPasswords: Command = {
  name: 'passwords import',
  takes: 'FILE [--domain DOMAIN] [--scheme SCHEME]',
  summary: 'takes the password hashes of the old system along: `user:hash` lines, or CSV with address,hash',
  options: { domain: { type: 'string' }, scheme: { type: 'string' } },
  changes: true,
  async run(context) {
    const domain = context.option('domain') ?? siteEnv().domain
    const lines = readPasswordFile(readFileSync(oneWord(context, 'file')), domain)
    const seen = new Set<string>()
    let failed = 0
    for (const each of lines) {
      failed += await importLine(context, each, seen.has(each.address))
      seen.add(each.address)
    }
    context.say(`${lines.length - failed} ${context.isDryRun ? 'would be imported' : 'imported'}, ${failed} not.`)
    return failed
  },
}

/** A line that cannot be imported is named and does not hold up the others. @returns 1 for such a line */
async function importLine(
  context: Context,
  { line, address, hash }: PasswordLine,
  isRepeated: boolean,
): Promise<number> {
  try {
    if (isRepeated) throw new Error('a line before it has the same address')
    const defaultScheme = context.option('scheme')
    const { reason } = context
    const order = { address, hash, reason, ...(defaultScheme === undefined ? {} : { defaultScheme }) }
    await context.perform(() => importPassword(context.actor, order))
    return 0
  } catch (error) {
    context.say(`line ${line}: ${address}: not imported: ${explain(error)}`)
    return 1
  }
}

const list: Command = {
  name: 'passwords list',
  takes: '',
  summary: 'prints whose password of the old system is still kept, and since when',
  options: {},
  changes: false,
  async run({ actor, say }) {
    for (const { address, importedAt } of await listInheritedPasswords(actor)) {
      say(`${address}\t${importedAt.toISOString()}`)
    }
    return 0
  },
}

const forget: Command = {
  name: 'passwords forget',
  takes: 'ADDRESS…',
  summary: 'forgets the passwords of the old system; whoever reads by one is sent away',
  options: {},
  changes: true,
  run: (context) =>
    forEachWord(context, 'address', (address) =>
      context.perform(() => forgetInheritedPassword(context.actor, { address, reason: context.reason })),
    ),
}

export const passwordCommands = [importPasswords, list, forget]
