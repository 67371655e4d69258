/**
 * GETQUOTA and GETQUOTAROOT (RFC 9208 §4.1): one quota root, the mailbox, with one resource, STORAGE in units of 1024
 * octets. Quotas are set by the operator, not by IMAP: no SETQUOTA.
 */
import { canonicalFolderName } from '../../store/folder-name.ts'
import type { SignedInCommand } from '../command.ts'
import { no, ok } from '../reply.ts'
import type { SignedInSession } from '../session.ts'

const UNIT_BYTES = 1_024
const ROOT = '""'

async function tellQuota({ store, untagged }: SignedInSession): Promise<void> {
  const { usedBytes, limitBytes } = await store.quota()
  untagged(`QUOTA ${ROOT} (STORAGE ${Math.ceil(usedBytes / UNIT_BYTES)} ${Math.floor(limitBytes / UNIT_BYTES)})`)
}

export const getQuota: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    args.space()
    const root = args.astring()
    args.end()
    if (root !== '') return no('There is no such quota root', 'NONEXISTENT')
    await tellQuota(session)
    return ok('Done')
  },
}

/** RFC 9208 §4.1.2: of a folder that does not exist too, so that a client may ask before it makes one. */
export const getQuotaRoot: SignedInCommand = {
  state: 'signedIn',
  async run(session, args) {
    args.space()
    const name = canonicalFolderName(args.folderName())
    args.end()
    session.untagged(`QUOTAROOT ${session.wireName(name)} ${ROOT}`)
    await tellQuota(session)
    return ok('Done')
  },
}
