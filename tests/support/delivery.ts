/** The delivery rooms on a fresh database, without protocols around them. */
import { type Database, openDatabase } from '#lib/db/database.ts'
import { type Notifications, openNotifications } from '#lib/db/notifications.ts'
import { type AcceptanceParts, createAcceptance } from '#lib/engine/delivery/accept-message.ts'
import type { AcceptedMessage } from '#lib/engine/delivery/accepted-message.ts'
import { correspondentKeyFrom } from '#lib/engine/delivery/correspondents.ts'
import { createLocalReporter } from '#lib/engine/delivery/dsn/report-local-delivery.ts'
import { createForwarding } from '#lib/engine/delivery/forwarding/forward-message.ts'
import { createRecipientResolver, type ResolveRecipient } from '#lib/engine/delivery/resolve-recipient.ts'
import { createRecipes } from '#lib/engine/sieve/run-recipes.ts'
import { decide, type Question } from '#lib/policy/decide.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { freshDatabase } from './database.ts'

export const site = {
  domain: 'infonia.test',
  hostedDomains: ['infonia.test', 'second.test'],
  name: { ja: 'インフォニア', en: 'Infonia' },
  supportContact: { ja: 'サポート窓口', en: 'the support desk' },
}
export const reporting = { site, reportingHost: 'smtpa.infonia.test' }

export type DeliveryRig = {
  readonly url: string
  readonly database: Database
  readonly notifications: Notifications
  readonly policy: PolicyDocument
  readonly resolveRecipient: ResolveRecipient
  accept(message: Partial<AcceptedMessage> & { to?: readonly string[] }): Promise<{ reference: string }>
  acceptance(change: Partial<AcceptanceParts>): ReturnType<typeof createAcceptance>
  addMailbox(login: string, quotaBytes?: number): Promise<number>
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

const plainForwarding = createForwarding({
  masterKey: Buffer.alloc(32),
  hostedDomains: site.hostedDomains,
  signingKeys: async () => [],
  now: () => new Date(),
})

let statementCount = 0

/** @param prepare what is done to the database before anybody connects to it */
export async function openDeliveryRig(prepare: (url: string) => Promise<void> = async () => {}): Promise<DeliveryRig> {
  const { url, drop } = await freshDatabase()
  await prepare(url)
  const database = openDatabase(url, 10)
  const notifications = await openNotifications(url)
  const policy = structuredClone(defaultPolicy)
  const resolveRecipient = createRecipientResolver(database, site)
  const now = () => new Date()

  const query = <Row>(text: string, values: readonly unknown[] = []) => {
    statementCount += 1
    return database.query<Row>({ name: `test-${statementCount}`, text }, values)
  }
  const judge = (question: Question) => decide(question, policy)
  const acceptance = (change: Partial<AcceptanceParts>) =>
    createAcceptance({
      database,
      decide: judge,
      now,
      correspondentKey: correspondentKeyFrom(Buffer.alloc(32)),
      queueLifetimeSeconds: () => policy.relay.lifetimeSeconds,
      reportsFor: createLocalReporter(reporting, resolveRecipient, now),
      runRecipes: createRecipes(
        {
          database,
          decide: judge,
          forwarding: plainForwarding,
          resolveRecipient,
          site,
          portalUrl: 'https://portal.infonia.test',
          now,
          reporting,
        },
        { domain: site.domain, hostName: reporting.reportingHost, zoneMinutes: 540 },
      ),
      onRefused: () => {},
      onStored: () => {},
      onQueued: () => {},
      ...change,
    })
  const acceptMessage = acceptance({})

  const customer = '0198c000-0000-7000-8000-000000000001'
  await query(`INSERT INTO customers (id, contract_number, name, name_kana) VALUES ($1, 'T-1', 'T', 'T')`, [customer])

  return {
    url,
    database,
    notifications,
    policy,
    resolveRecipient,
    acceptance,
    query,
    async accept({ to = ['taro@infonia.test'], ...given }) {
      const recipients = await Promise.all(
        to.map(async (address) => ({
          address,
          target: await resolveRecipient(address),
          notify: [],
          originalRecipient: null,
        })),
      )
      return acceptMessage({ ...plainMessage, recipients, ...given })
    },
    async addMailbox(login, quotaBytes = 1_000_000_000) {
      const address = `${login}@${site.domain}`
      const [row] = await query<{ id: number }>(
        `INSERT INTO mailboxes (customer_id, login, domain, address, display_name, scram_salt, quota_bytes)
         VALUES ($1, $2, $3, $4, $2, 'salt', $5) RETURNING id`,
        [customer, login, site.domain, address, quotaBytes],
      )
      if (row === undefined) throw new Error('no mailbox')
      await query(
        `INSERT INTO folders (mailbox_id, name, uid_validity) SELECT $1, name, 7 FROM unnest($2::text[]) AS name`,
        [row.id, ['INBOX', 'Sent']],
      )
      return row.id
    },
    async close() {
      await notifications.close()
      await database.close()
      await drop()
    },
  }
}

export const plainMessage: AcceptedMessage = {
  sender: 'sender@elsewhere.test',
  recipients: [],
  content: Buffer.from('Subject: hello\r\nMessage-ID: <1@elsewhere.test>\r\n\r\nHello.\r\n'),
  traceHeader: Buffer.from(
    'Received: from elsewhere.test by mx.infonia.test;\r\n\tTue, 24 Nov 2026 12:00:00 +0900\r\n',
  ),
  listener: 'mx',
  owner: null,
  envelopeId: null,
  returnFull: false,
  fileInto: null,
  scanned: null,
  isSenderConfirmed: true,
  utf8: false,
  eightBit: false,
}
