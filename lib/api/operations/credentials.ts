/** Passwords of mail programs. */
import { z } from 'zod'
import {
  issueForMailbox,
  issueInput,
  listCredentialsInput,
  listCredentialsOf,
  revokeAnyCredential,
  revokeInput,
} from '#lib/provisioning/credentials.ts'
import { defineOperation } from '../operation.ts'
import { credentialAnswer, issuedAnswer, pageAnswer } from '../wire.ts'
import { mailboxId } from './accounts.ts'

export const credentialOperations = [
  defineOperation({
    id: 'listCredentials',
    method: 'GET',
    path: '/mailboxes/{mailboxId}/credentials',
    scope: 'credentials:read',
    summary: { ja: 'メール用パスワードの一覧', en: 'List the credentials of a mailbox' },
    params: mailboxId,
    query: listCredentialsInput.omit({ mailboxId: true }),
    answer: pageAnswer(credentialAnswer),
    perform: listCredentialsOf,
  }),
  defineOperation({
    id: 'issueCredential',
    method: 'POST',
    path: '/mailboxes/{mailboxId}/credentials',
    scope: 'credentials:write',
    summary: {
      ja: 'メール用パスワードを発行する。パスワードは、この応答でだけ読めます。',
      en: 'Issue a credential. Its password is in this answer and never again.',
    },
    params: mailboxId,
    body: issueInput.omit({ mailboxId: true }),
    answer: issuedAnswer,
    creates: true,
    secrets: ['password'],
    perform: issueForMailbox,
  }),
  defineOperation({
    id: 'revokeCredential',
    method: 'POST',
    path: '/credentials/{credentialId}/revocation',
    scope: 'credentials:write',
    summary: { ja: 'メール用パスワードを取り消す', en: 'Revoke a credential' },
    params: z.object({ credentialId: z.uuid() }),
    body: revokeInput.omit({ credentialId: true }),
    perform: revokeAnyCredential,
  }),
]
