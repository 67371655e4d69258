/** The policy as a file, and its roll-out. */
import { readFileSync } from 'node:fs'
import { type Extent, extentSchema } from '#lib/policy/in-force.ts'
import { policyInForceFor, readPolicyVersion, savePolicy } from '#lib/policy/index.ts'
import { moveRollout } from '#lib/policy/move-rollout.ts'
import { policyDiff } from '#lib/policy/policy-diff.ts'
import { readPolicyFile } from '#lib/policy/read-policy-file.ts'
import { rehearsePolicy } from '#lib/policy/rehearse-policy.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { type Command, type Context, oneWord, UsageError } from '../command.ts'

const text = { type: 'string' } as const

const exportPolicy: Command = {
  name: 'policy export',
  takes: '[--version NUMBER]',
  summary: 'prints the policy in force, or a version of it, as JSON',
  options: { version: text },
  changes: false,
  async run(context) {
    const wanted = context.option('version')
    const { document } =
      wanted === undefined
        ? (await policyInForceFor(context.actor)).ruling
        : await readPolicyVersion(context.actor, versionOf(wanted))
    context.say(JSON.stringify(document, null, 2))
    return 0
  },
}

const diff: Command = {
  name: 'policy diff',
  takes: 'FILE.json',
  summary: 'what the file would change, and what would have happened in the last 24 hours',
  options: {},
  changes: false,
  async run(context) {
    await showChanges(context, policyIn(oneWord(context, 'file')))
    return 0
  },
}

const importPolicy: Command = {
  name: 'policy import',
  takes: 'FILE.json [--percent NUMBER | --domains A,B]',
  summary: 'saves the file as a new version, for everybody or for a part',
  options: { percent: text, domains: text },
  changes: true,
  async run(context) {
    const document = policyIn(oneWord(context, 'file'))
    const basedOn = await showChanges(context, document)
    const order = { document, note: context.reason, basedOn, extent: extentOf(context) }
    const version = await context.perform(() => savePolicy(context.actor, order))
    context.say(context.isDryRun ? 'would be saved' : `saved as version ${version}`)
    return 0
  },
}

const rollout: Command = {
  name: 'policy rollout',
  takes: 'VERSION finish | return',
  summary: 'lets a version that is rolled out rule for everybody, or takes it back',
  options: {},
  changes: true,
  async run(context) {
    const [version = '', move = ''] = context.words
    const to = ({ finish: 'finished', return: 'returned' } as const)[move]
    if (to === undefined) throw new UsageError('say finish or return')
    await context.perform(() => moveRollout(context.actor, { version: versionOf(version), to }))
    context.say(context.isDryRun ? 'would be done' : 'done')
    return 0
  },
}

/** @returns the version that rules now */
async function showChanges({ actor, say }: Context, document: PolicyDocument): Promise<number> {
  const { ruling } = await policyInForceFor(actor)
  for (const { path, before, after } of policyDiff(ruling.document, document)) {
    say(`${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`)
  }
  const { stages } = await rehearsePolicy(actor, document)
  for (const { stage, asked, refused, admitted } of stages) {
    if (asked > 0) say(`yesterday, ${stage}: ${asked} asked, ${refused} newly refused, ${admitted} newly let through`)
  }
  return ruling.version
}

function policyIn(file: string): PolicyDocument {
  const read = readPolicyFile(readFileSync(file, 'utf8'))
  if ('document' in read) return read.document
  const faults = read.faults.map(({ path, fault }) => `${path || 'the file'}: ${fault}`)
  throw new UsageError(`${file} is no policy: ${faults.join('; ')}`)
}

function extentOf(context: Context): Extent | null {
  const [percent, domains] = [context.option('percent'), context.option('domains')]
  if (percent === undefined && domains === undefined) return null
  if (percent !== undefined && domains !== undefined) throw new UsageError('give --percent or --domains, not both')
  const given =
    percent === undefined
      ? { kind: 'domains', domains: domains?.split(',') }
      : { kind: 'percent', percent: Number(percent) }
  return extentSchema.parse(given)
}

function versionOf(word: string): number {
  if (!/^\d{1,9}$/.test(word)) throw new UsageError(`${word} is no version`)
  return Number(word)
}

export const policyCommands = [exportPolicy, diff, importPolicy, rollout]
