/** A letter of the postmaster to a subscriber, in Japanese and English. */
import { randomUUID } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { SiteEnv } from '#lib/env/site.ts'
import type { Language } from '#lib/guides/bilingual.ts'

/** Whom a letter is from, and where its reader may turn. */
export type Letterhead = {
  readonly site: Pick<SiteEnv, 'domain' | 'name' | 'supportContact'>
  readonly portalUrl: string
}

export type Letter = {
  readonly site: Pick<SiteEnv, 'domain' | 'name'>
  readonly address: string
  readonly subject: string
  readonly japanese: readonly string[]
  readonly english: readonly string[]
  readonly now: Date
  /** the reader's language, where it is known */
  readonly first?: Language
}

/** No program answers it (RFC 3834 §5). */
export function composeLetter({
  site,
  address,
  subject,
  japanese,
  english,
  now,
  first = 'ja',
}: Letter): Promise<Buffer> {
  const [upper, lower] = first === 'ja' ? [japanese, english] : [english, japanese]
  return new MailComposer({
    from: { name: site.name[first], address: `postmaster@${site.domain}` },
    to: address,
    subject,
    date: now,
    messageId: `<${randomUUID()}@${site.domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: [...upper, '', '----', '', ...lower].join('\r\n'),
    textEncoding: 'base64',
    newline: 'windows',
  })
    .compile()
    .build()
}
