/**
 * The letter that asks the reader of an address whether mail may be forwarded there. Whoever has its link is that reader:
 * of the token in it only a hash is kept.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { SiteEnv } from '#lib/env/site.ts'
import { composeLetter } from '../delivery/compose-letter.ts'

export type InvitationFacts = {
  readonly site: Pick<SiteEnv, 'domain' | 'name'>
  readonly portalUrl: string
  /** the address of the mailbox that would forward */
  readonly owner: string
  readonly address: string
  readonly now: Date
}

export type ComposedInvitation = { readonly content: Buffer; readonly tokenHash: Buffer }

export async function inviteReader({
  site,
  portalUrl,
  owner,
  address,
  now,
}: InvitationFacts): Promise<ComposedInvitation> {
  const token = randomBytes(24).toString('base64url')
  const link = `${portalUrl}/forwards/confirm#${token}`
  const content = await composeLetter({
    site,
    address,
    now,
    subject: '【転送の確認】メールの転送を受け取りますか / May mail be forwarded to you?',
    japanese: [
      `${owner} の持ち主が、届いたメールをこのアドレスへ転送するように設定しました。`,
      '受け取る場合は、次のページを開いて「受け取る」を押してください。押すまでは、1通も転送されません。',
      link,
      '心当たりがないときは、何もしないでください。このメールに返信する必要はありません。',
    ],
    english: [
      `The owner of ${owner} wants to forward mail to this address.`,
      'To receive it, open this page and press "Receive". Nothing is forwarded before that.',
      link,
      'If you do not know about this, do nothing. There is no need to reply.',
    ],
  })
  return { content, tokenHash: createHash('sha256').update(token).digest() }
}
