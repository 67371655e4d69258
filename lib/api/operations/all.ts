import type { Operation } from '../operation.ts'
import { accountOperations } from './accounts.ts'
import { announcementOperations } from './announcements.ts'
import { credentialOperations } from './credentials.ts'
import { policyOperations } from './policies.ts'
import { recordOperations } from './records.ts'

/** Everything that the API does. */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...credentialOperations,
  ...announcementOperations,
  ...policyOperations,
  ...recordOperations,
]
