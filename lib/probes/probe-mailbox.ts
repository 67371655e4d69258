/**
 * The mailbox that probes log in to. It belongs to nobody's contract, so nobody sees it. Its password is this machine's,
 * kept beside the master key; one that no longer opens anything is replaced.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { createMailbox, issueCredential } from '#lib/accounts/index.ts'
import { PROBE_CONTRACT_NUMBER } from '#lib/accounts/probe-contract.ts'
import { prisma } from '#lib/db/prisma.ts'
import { writeAtomically } from '#lib/service/write-atomically.ts'
import type { ProbeLogin } from './probe-services.ts'

const kept = z.strictObject({ address: z.string(), username: z.string(), password: z.string() })

type Box = { readonly mailboxId: number; readonly customerId: string }

export async function openProbeMailbox(dataDirectory: string, domain: string): Promise<ProbeLogin> {
  const address = `${PROBE_CONTRACT_NUMBER}@${domain}`
  const file = join(dataDirectory, 'keys', 'status-probe.json')
  const known = existsSync(file) ? kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
  if (known !== null && (await isValid(known, address))) return known
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const { username, password } = await issue(await findOrCreate(address))
  const login = { address, username, password }
  writeAtomically(file, `${JSON.stringify(login)}\n`, 0o600)
  return login
}

async function isValid({ username, address }: ProbeLogin, wanted: string): Promise<boolean> {
  if (address !== wanted) return false
  return (await prisma().credential.count({ where: { username, revokedAt: null, mailbox: { address } } })) > 0
}

/** Machines that start at once wait for each other. */
function findOrCreate(address: string): Promise<Box> {
  return prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('status-probe'))`
    const found = await transaction.mailbox.findFirst({ where: { address } })
    if (found !== null) return { mailboxId: found.id, customerId: found.customerId }
    const name = { name: 'Status probe', nameKana: 'ステータスプローブ' }
    // Nobody who could be called: it has no contact.
    const { id: customerId } = await transaction.customer.upsert({
      where: { contractNumber: PROBE_CONTRACT_NUMBER },
      create: { contractNumber: PROBE_CONTRACT_NUMBER, ...name },
      update: {},
    })
    const mailbox = await createMailbox(transaction, {
      customerId,
      address,
      displayName: name.name,
      popBeforeSmtp: false,
    })
    return { mailboxId: mailbox.id, customerId }
  })
}

async function issue({ mailboxId, customerId }: Box): Promise<{ username: string; password: string }> {
  const owner = { accountId: customerId, role: 'SUBSCRIBER', customerId } as const
  const { credential, password } = await issueCredential(owner, {
    mailboxId,
    label: 'status probe',
    clientId: null,
    scopes: ['submission', 'pop', 'imap'],
    expiresAt: null,
  })
  return { username: credential.username, password }
}
