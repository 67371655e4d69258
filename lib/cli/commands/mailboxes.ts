/** Mailboxes and the passwords of mail programs. */
import { notFound } from '#lib/accounts/actor.ts'
import { issueForMailbox, listCredentialsOf, revokeAnyCredential } from '#lib/provisioning/credentials.ts'
import { listCustomers } from '#lib/provisioning/customers.ts'
import {
  addMailbox,
  listAllMailboxes,
  type ProvisionedMailbox,
  resumeAnyMailbox,
  suspendAnyMailbox,
} from '#lib/provisioning/mailboxes.ts'
import { type Command, type Context, oneWord, required, UsageError } from '../command.ts'
import { forEachWord } from '../for-each-word.ts'

const text = { type: 'string' } as const

const create: Command = {
  name: 'mailboxes create',
  takes: 'ADDRESS --contract NUMBER --name NAME [--pop-before-smtp]',
  summary: 'creates a mailbox for a customer',
  options: { contract: text, name: text, 'pop-before-smtp': { type: 'boolean' } },
  changes: true,
  async run(context) {
    const address = oneWord(context, 'address')
    const contractNumber = required(context, 'contract')
    const [customer] = (await listCustomers(context.actor, { contractNumber })).items
    if (customer === undefined) throw notFound(`contract ${contractNumber}`)
    const displayName = required(context, 'name')
    const popBeforeSmtp = context.isSet('pop-before-smtp')
    const order = { customerId: customer.id, address, displayName, popBeforeSmtp }
    await context.perform(() => addMailbox(context.actor, order))
    context.say(`${address}: ${context.isDryRun ? 'would be created' : 'created'}`)
    return 0
  },
}

const suspend: Command = {
  name: 'mailboxes suspend',
  takes: 'ADDRESS… --text-ja TEXT --text-en TEXT',
  summary: 'lets nobody log in; the texts are shown to the owners',
  options: { 'text-ja': text, 'text-en': text },
  changes: true,
  run(context) {
    const texts = { textJa: required(context, 'text-ja'), textEn: required(context, 'text-en') }
    return forEachWord(context, 'address', async (address) => {
      const { id: mailboxId } = await mailboxOf(context, address)
      await context.perform(() => suspendAnyMailbox(context.actor, { mailboxId, reason: context.reason, ...texts }))
    })
  },
}

const resume: Command = {
  name: 'mailboxes resume',
  takes: 'ADDRESS…',
  summary: 'lets the owners log in again',
  options: {},
  changes: true,
  run: (context) =>
    forEachWord(context, 'address', async (address) => {
      const { id: mailboxId } = await mailboxOf(context, address)
      await context.perform(() => resumeAnyMailbox(context.actor, { mailboxId, reason: context.reason }))
    }),
}

const issue: Command = {
  name: 'credentials issue',
  takes: 'ADDRESS --label LABEL [--scopes submission,pop,imap] [--expires 2027-01-01T00:00:00Z]',
  summary: 'issues a password for a mail program and prints it, once',
  options: { label: text, scopes: text, expires: text },
  changes: true,
  async run(context) {
    const { id: mailboxId } = await mailboxOf(context, oneWord(context, 'address'))
    const scopes = (context.option('scopes') ?? 'submission,pop,imap').split(',')
    const expiresAt = context.option('expires') ?? null
    const order = { mailboxId, label: required(context, 'label'), scopes, expiresAt, reason: context.reason }
    // The schema of the use-case judges the scopes.
    const issued = await context.perform(() => issueForMailbox(context.actor, order as never))
    const { id, username } = issued.credential
    context.say(context.isDryRun ? 'a password would be issued' : `${id}\t${username}\t${issued.password}`)
    return 0
  },
}

const list: Command = {
  name: 'credentials list',
  takes: 'ADDRESS',
  summary: 'prints the credentials of a mailbox, without passwords',
  options: {},
  changes: false,
  async run(context) {
    const { id: mailboxId } = await mailboxOf(context, oneWord(context, 'address'))
    const { items } = await listCredentialsOf(context.actor, { mailboxId, limit: 200 })
    for (const { id, username, label, revokedAt } of items) {
      context.say(`${id}\t${username}\t${label}\t${revokedAt === null ? 'usable' : 'revoked'}`)
    }
    return 0
  },
}

const revoke: Command = {
  name: 'credentials revoke',
  takes: 'ID…',
  summary: 'revokes passwords; whoever is logged in with one is sent away',
  options: {},
  changes: true,
  run: (context) =>
    forEachWord(context, 'id', (credentialId) =>
      context.perform(() => revokeAnyCredential(context.actor, { credentialId, reason: context.reason })),
    ),
}

async function mailboxOf({ actor }: Context, address: string): Promise<ProvisionedMailbox> {
  if (!address.includes('@')) throw new UsageError(`${address} is no mail address`)
  const [mailbox] = (await listAllMailboxes(actor, { address })).items
  if (mailbox === undefined) throw notFound(`mailbox ${address}`)
  return mailbox
}

export const mailboxCommands = [create, suspend, resume, issue, list, revoke]
