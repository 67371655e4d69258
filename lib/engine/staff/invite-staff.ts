/**
 * Sends the links of invitations to the staff to be.
 *
 * Guarantees: the link is in its letter and nowhere else; what is kept of it is a digest; one letter for each
 * invitation, however many processes look, queued in the commit that keeps the digest.
 */
import { bearerTokenHash, newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'
import type { Database } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import { composeLetter } from '../delivery/compose-letter.ts'
import { type LetterOffice, sendLetter } from '../delivery/send-letter.ts'

export type StaffInvitationParts = LetterOffice & {
  readonly database: Database
  readonly site: Pick<SiteEnv, 'domain' | 'name'>
  readonly portalUrl: string
}

const TAKE = {
  name: 'staff-invitation-take',
  text: `
UPDATE staff_invitations SET token_hash = $1 WHERE id = (
  SELECT id FROM staff_invitations WHERE token_hash IS NULL AND used_at IS NULL AND expires_at > now()
  LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING login, mail_address AS "mailAddress", display_name AS "displayName"`,
}

type Taken = { readonly login: string; readonly mailAddress: string; readonly displayName: string }

export async function inviteStaff(parts: StaffInvitationParts): Promise<void> {
  while (await inviteOne(parts));
}

async function inviteOne(parts: StaffInvitationParts): Promise<boolean> {
  const token = newBearerToken()
  const afterCommit = await parts.database.transaction(async (transaction) => {
    const [taken] = await transaction.query<Taken>(TAKE, [bearerTokenHash(token)])
    if (taken === undefined) return null
    return sendLetter(transaction, parts, taken.mailAddress, await composeInvitation(parts, taken, token))
  })
  await afterCommit?.()
  return afterCommit !== null
}

/** The token stands behind "#": it reaches no log and no other page. */
function composeInvitation({ site, portalUrl }: StaffInvitationParts, taken: Taken, token: string): Promise<Buffer> {
  const { login, mailAddress, displayName } = taken
  return composeLetter({
    site,
    address: mailAddress,
    now: new Date(),
    subject: `${site.name.ja}の窓口への招待 / Invitation to the portal of ${site.name.en}`,
    japanese: [
      `${displayName} さん`,
      `${site.name.ja}の窓口の担当者として招待されました。ログイン名は ${login} です。`,
      '2日以内に次のリンクを開いて、パスワードを決めてください。リンクは1回だけ使えます。そのあと、お使いの端末でパスキーを登録します。',
      `  ${portalUrl}/invited#${token}`,
      '',
      'お心当たりがないときは、開かずに、このメールを消してください。',
    ],
    english: [
      `You are invited to work at the portal of ${site.name.en}. Your login is ${login}.`,
      'Open this link within two days and choose a password; it works once. After that you register a passkey on your device.',
      `  ${portalUrl}/en/invited#${token}`,
      '',
      'If you did not expect this, delete it without opening the link.',
    ],
  })
}
