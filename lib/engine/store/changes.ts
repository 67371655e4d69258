/**
 * Tells the sessions that look at a folder that something in it has changed (RFC 2177 IDLE lives on this), in this
 * process at once and in every other process within a few milliseconds.
 *
 * Guarantees: called after the commit, so whoever is told and reads again sees the change. When notifications may have
 * been missed (the database was away), every watcher is told.
 * Refuses: NOTIFY inside the delivering transaction. Such a commit holds a lock that is shared by the whole database
 * cluster until its WAL is on the disk; deliveries would then reach the disk one after the other. Here one statement
 * of its own, which writes no WAL, speaks for all changes of a few milliseconds.
 */
import { randomBytes } from 'node:crypto'
import type { Queryable } from '#lib/db/database.ts'
import type { Notifications } from '#lib/db/notifications.ts'

/** Hears which folder has changed; null: perhaps any of them. */
export type FolderListener = (folderId: number | null) => void

export interface Changes {
  /** To be called after the commit. */
  folderChanged(mailboxId: number, folderId: number): void
  /** @returns how to stop watching */
  watchMailbox(mailboxId: number, listener: FolderListener): () => void
  /** Tells the other processes what they have not been told yet, and stops. */
  close(): Promise<void>
}

export type ChangesParts = {
  readonly database: Queryable
  readonly notifications: Notifications
  readonly onFault: (error: unknown) => void
}

/** The first change after a quiet time is told at once, then there is at most one statement in so many milliseconds. */
const PAUSE_MS = 12
const RETRY_MS = 500
/** PostgreSQL refuses payloads of 8000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_900

const NOTIFY = {
  name: 'changes-notify',
  text: `SELECT pg_notify('folder_changed', payload) FROM unnest($1::text[]) AS payload`,
}

export function openChanges({ database, notifications, onFault }: ChangesParts): Changes {
  const watchers = new Map<number, Set<FolderListener>>()
  const untold = new Set<string>()
  // Every process hears its own notifications too; by this mark it knows them and does not wake its sessions twice.
  const ownMark = randomBytes(6).toString('base64url')
  let telling: Promise<void> | undefined
  let closed = false

  function wake(mailboxId: number, folderId: number | null): void {
    for (const listener of watchers.get(mailboxId) ?? []) listener(folderId)
  }

  /** One statement for all that changed since the last one; runs while there is something to tell. */
  async function tellOthers(): Promise<void> {
    while (untold.size > 0) {
      const folders = [...untold]
      untold.clear()
      let pauseMs = PAUSE_MS
      try {
        await database.query(NOTIFY, [payloads(ownMark, folders)])
      } catch (error) {
        onFault(error)
        if (closed) break
        for (const folder of folders) untold.add(folder)
        pauseMs = RETRY_MS
      }
      if (!closed) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    telling = undefined
  }

  const stopListening = notifications.on('folder_changed', (payload) => {
    if (payload === null) {
      for (const mailboxId of watchers.keys()) wake(mailboxId, null)
      return
    }
    const [mark, ...folders] = payload.split(' ')
    if (mark === ownMark) return
    for (const folder of folders) {
      const [mailboxId, folderId] = folder.split(':')
      wake(Number(mailboxId), Number(folderId))
    }
  })

  return {
    folderChanged(mailboxId, folderId) {
      wake(mailboxId, folderId)
      untold.add(`${mailboxId}:${folderId}`)
      telling ??= Promise.resolve().then(tellOthers)
    },
    watchMailbox(mailboxId, listener) {
      const listeners = watchers.get(mailboxId) ?? new Set()
      watchers.set(mailboxId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && watchers.get(mailboxId) === listeners) watchers.delete(mailboxId)
      }
    },
    async close() {
      closed = true
      stopListening()
      await telling
    },
  }
}

/** "mark mailbox:folder mailbox:folder …", as many as needed. */
function payloads(mark: string, folders: readonly string[]): string[] {
  const result: string[] = []
  let payload = mark
  for (const folder of folders) {
    if (payload.length + 1 + folder.length > MAX_PAYLOAD_BYTES) {
      result.push(payload)
      payload = mark
    }
    payload += ` ${folder}`
  }
  return [...result, payload]
}
