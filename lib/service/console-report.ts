/** What the person who typed `npm start` reads. */
import type { SiteEnv } from '#lib/env/site.ts'
import { type Addresses, type MailListener, mailListeners } from './addresses.ts'
import type { DemoAccount } from './demo-seed.ts'

type Purpose = { readonly host: (site: SiteEnv) => string; readonly what: string }

const purposes: Readonly<Record<MailListener, Purpose>> = {
  submissions: { host: (site) => site.hosts.smtpa, what: 'send with SMTP AUTH' },
  submission: { host: (site) => site.hosts.smtpa, what: 'send with SMTP AUTH' },
  submissionLegacy: { host: (site) => site.hosts.smtpa, what: 'send with SMTP AUTH, old clients (AUTH=)' },
  smtp: { host: (site) => site.hosts.smtp, what: 'send with POP before SMTP' },
  pop3: { host: (site) => site.hosts.pop, what: 'receive with POP3' },
  pop3s: { host: (site) => site.hosts.pop, what: 'receive with POP3' },
  imap: { host: (site) => site.hosts.pop, what: 'receive with IMAP' },
  imaps: { host: (site) => site.hosts.pop, what: 'receive with IMAP' },
  managesieve: { host: (site) => site.hosts.pop, what: 'change recipes with ManageSieve' },
  mx: { host: (site) => site.domain, what: 'mail from other servers (MX)' },
}

const tlsWords = { none: '', starttls: 'STARTTLS', implicit: 'TLS' } as const

export function addressLines(site: SiteEnv, addresses: Addresses): string[] {
  const rows = [['FOR', 'STANDS FOR', 'ADDRESS HERE', 'SECURITY']]
  if (addresses.portal) rows.push(['Portal', '', addresses.portal, ''])
  for (const name of Object.keys(purposes).filter((key) => mailListeners.includes(key as MailListener))) {
    const { host, what } = purposes[name as MailListener]
    const address = addresses[name as MailListener]
    if (address) rows.push([`${name}: ${what}`, host(site), `${address.host}:${address.port}`, tlsWords[address.tls]])
  }
  return table(rows)
}

export function demoLines(accounts: readonly DemoAccount[]): string[] {
  const portal = [['WHO', 'PORTAL LOGIN', 'PORTAL PASSWORD']]
  const mail = [['MAILBOX', 'MAIL USER NAME', 'MAIL PASSWORD', 'SENDS WITH']]
  for (const { role, mailbox, portalLogin, portalPassword, credentials, popBeforeSmtp } of accounts) {
    portal.push([role, portalLogin, portalPassword])
    const method = popBeforeSmtp ? 'POP before SMTP' : 'SMTP AUTH'
    for (const { username, password } of credentials) mail.push([mailbox ?? '', username, password, method])
  }
  return [...table(portal), '', ...table(mail)]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd())
}
