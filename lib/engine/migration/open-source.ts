/** From a job to its source: opens the sealed password, and knows which kinds there are. */
import { loginFrom } from '#lib/migration/login-form.ts'
import { jobPasswords, masterPasswords } from '#lib/migration/source-secrets.ts'
import { SealBroken } from '#lib/seal/seal.ts'
import { openDboxSource } from './dbox-source.ts'
import { openImapSource } from './imap-source.ts'
import type { ClaimedJob } from './jobs.ts'
import { openMaildirSource } from './maildir-source.ts'
import { openMboxSource } from './mbox-source.ts'
import { openPop3Source, openPopListing } from './pop3-source.ts'
import { type MailSource, SourceFailed } from './source.ts'
import type { SourceAccess } from './source-access.ts'
import { sourcePath } from './source-path.ts'

export type SourceOpener = {
  readonly masterKey: Buffer
  readonly defaultDomain: string
  /** below which files may be read; null: nowhere */
  readonly filesDirectory: string | null
}

export function createSourceOpener(parts: SourceOpener): (job: ClaimedJob) => Promise<MailSource> {
  return async (job) => {
    const access = accessOf(parts, job)
    const path = () => sourcePath(parts.filesDirectory, job.source.directory, access.user)
    switch (job.source.kind) {
      case 'IMAP':
        return openImapSource(access)
      case 'POP3':
        return openPop3Source(access)
      case 'IMAP_AND_POP3':
        return { ...(await openImapSource(access)), openPopListing: () => openPopListing(access) }
      case 'MAILDIR':
        return openMaildirSource(await path())
      case 'DBOX':
        return openDboxSource(await path())
      case 'MBOX':
        return openMboxSource(await path())
    }
  }
}

function accessOf(parts: SourceOpener, job: ClaimedJob): SourceAccess {
  const { host, imapPort, pop3Port, tls, authority, loginForm } = job.source
  const user = loginFrom(loginForm, job.sourceLogin, parts.defaultDomain)
  return { host, imapPort, pop3Port, tls, authority, user, password: passwordOf(parts.masterKey, job) }
}

function passwordOf(masterKey: Buffer, { id, sourceId, sealedPassword, source }: ClaimedJob): string {
  try {
    if (sealedPassword !== null) return jobPasswords(masterKey).open(sealedPassword, id).toString()
    if (source.sealedMasterPassword !== null)
      return masterPasswords(masterKey).open(source.sealedMasterPassword, sourceId).toString()
  } catch (error) {
    if (error instanceof SealBroken) throw new SourceFailed('secretUnreadable', 'sealed with another master key')
    throw error
  }
  return ''
}
