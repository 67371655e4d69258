/** Every command by the name that the wire has for it. */
import type { Command } from './command.ts'
import { append } from './commands/append.ts'
import { authenticate } from './commands/authenticate.ts'
import { capability } from './commands/capability.ts'
import { check } from './commands/check.ts'
import { close, unselect } from './commands/close.ts'
import { compress } from './commands/compress.ts'
import { copy, move, uidCopy, uidMove } from './commands/copy-move.ts'
import { enable } from './commands/enable.ts'
import { expunge, uidExpunge } from './commands/expunge.ts'
import { fetch, uidFetch } from './commands/fetch.ts'
import { create, deleteFolder, rename, subscribe, unsubscribe } from './commands/folder-changes.ts'
import { id } from './commands/id.ts'
import { idle } from './commands/idle.ts'
import { list, lsub } from './commands/list.ts'
import { login } from './commands/login.ts'
import { logout } from './commands/logout.ts'
import { namespace } from './commands/namespace.ts'
import { noop } from './commands/noop.ts'
import { getQuota, getQuotaRoot } from './commands/quota.ts'
import { search, uidSearch } from './commands/search.ts'
import { examine, select } from './commands/select.ts'
import { sort, uidSort } from './commands/sort.ts'
import { starttls } from './commands/starttls.ts'
import { status } from './commands/status.ts'
import { store, uidStore } from './commands/store.ts'
import { thread, uidThread } from './commands/thread.ts'

export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['APPEND', append],
  ['AUTHENTICATE', authenticate],
  ['CAPABILITY', capability],
  ['CHECK', check],
  ['CLOSE', close],
  ['COMPRESS', compress],
  ['COPY', copy],
  ['CREATE', create],
  ['DELETE', deleteFolder],
  ['ENABLE', enable],
  ['EXAMINE', examine],
  ['EXPUNGE', expunge],
  ['FETCH', fetch],
  ['GETQUOTA', getQuota],
  ['GETQUOTAROOT', getQuotaRoot],
  ['ID', id],
  ['IDLE', idle],
  ['LIST', list],
  ['LOGIN', login],
  ['LOGOUT', logout],
  ['LSUB', lsub],
  ['MOVE', move],
  ['NAMESPACE', namespace],
  ['NOOP', noop],
  ['RENAME', rename],
  ['SEARCH', search],
  ['SELECT', select],
  ['SORT', sort],
  ['STARTTLS', starttls],
  ['STATUS', status],
  ['STORE', store],
  ['SUBSCRIBE', subscribe],
  ['THREAD', thread],
  ['UID COPY', uidCopy],
  ['UID EXPUNGE', uidExpunge],
  ['UID FETCH', uidFetch],
  ['UID MOVE', uidMove],
  ['UID SEARCH', uidSearch],
  ['UID SORT', uidSort],
  ['UID STORE', uidStore],
  ['UID THREAD', uidThread],
  ['UNSELECT', unselect],
  ['UNSUBSCRIBE', unsubscribe],
])
