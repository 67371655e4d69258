/**
 * Asks the reader of an address whether one of the staff is to be told there.
 *
 * Guarantees: the link is in its letter and nowhere else; what is kept of it is a digest; one letter for each request,
 * however many processes look, queued in the commit that keeps the digest.
 */
import { bearerTokenHash, newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'
import { composeLetter } from '../delivery/compose-letter.ts'
import { sendLetter } from '../delivery/send-letter.ts'
import type { StaffInvitationParts } from './invite-staff.ts'

const TAKE = {
  name: 'staff-address-take',
  text: `
UPDATE staff_address_changes SET token_hash = $1 WHERE account_id = (
  SELECT account_id FROM staff_address_changes WHERE token_hash IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING address`,
}

export async function confirmAddresses(parts: StaffInvitationParts): Promise<void> {
  while (await confirmOne(parts));
}

async function confirmOne(parts: StaffInvitationParts): Promise<boolean> {
  const token = newBearerToken()
  const afterCommit = await parts.database.transaction(async (transaction) => {
    const [taken] = await transaction.query<{ address: string }>(TAKE, [bearerTokenHash(token)])
    if (taken === undefined) return null
    return sendLetter(transaction, parts, taken.address, await composeQuestion(parts, taken.address, token))
  })
  await afterCommit?.()
  return afterCommit !== null
}

/** The token stands behind "#": it reaches no log and no other page. */
function composeQuestion({ site, portalUrl }: StaffInvitationParts, address: string, token: string): Promise<Buffer> {
  return composeLetter({
    site,
    address,
    now: new Date(),
    subject: '担当者のメールアドレスの確認 / Confirm your address as one of the staff',
    japanese: [
      `${site.name.ja}の窓口で、担当者へのお知らせをこのアドレスで受け取る申し込みがありました。`,
      'ご本人が申し込んだときは、24時間以内に次のリンクを開いて確認してください。',
      `  ${portalUrl}/staff-address#${token}`,
      '',
      'お心当たりがないときは、何もする必要はありません。このアドレスは使われません。',
    ],
    english: [
      `Somebody who works at the portal of ${site.name.en} asked to be told at this address.`,
      'If it was you, open this link within 24 hours and confirm:',
      `  ${portalUrl}/en/staff-address#${token}`,
      '',
      'If it was not, do nothing: this address will not be used.',
    ],
  })
}
