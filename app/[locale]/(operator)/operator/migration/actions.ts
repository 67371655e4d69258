'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '#lib/http/define-action.ts'
import { changeJobs, jobDeeds } from '#lib/migration/change-jobs.ts'
import { changeSource } from '#lib/migration/change-source.ts'
import { removeSource, removeSourceInput } from '#lib/migration/remove-source.ts'
import { saveSource } from '#lib/migration/save-source.ts'
import { sourceKinds, sourceTls } from '#lib/migration/source-settings.ts'
import { startBatch } from '#lib/migration/start-batch.ts'

const count = z.coerce.number().int()

const source = z.object({
  name: z.string().trim().min(1),
  kind: z.enum(sourceKinds),
  host: z.string().trim(),
  imapPort: count,
  pop3Port: count,
  tls: z.enum(sourceTls),
  authority: z.string(),
  directory: z.string(),
  loginForm: z.string(),
  masterPassword: z.string(),
  maxConnections: count,
  messagesPerSecond: count,
  options: z.array(z.enum(['selfService', 'forgetMasterPassword'])).default([]),
})

export const saveSourceAction = defineAction(source, 'migration.change', async (actor, { options, ...input }) => {
  await saveSource(actor, { ...input, selfService: options.includes('selfService') })
  refresh()
})

const changed = source.extend({ sourceId: z.uuid() })

export const changeSourceAction = defineAction(changed, 'migration.change', async (actor, given) => {
  const { sourceId, options, ...input } = given
  const settings = { ...input, selfService: options.includes('selfService') }
  await changeSource(actor, { sourceId, settings, forgetsMasterPassword: options.includes('forgetMasterPassword') })
  refresh()
})

export const removeSourceAction = defineAction(removeSourceInput, 'migration.change', async (actor, input) => {
  await removeSource(actor, input)
  refresh()
})

/** A name with "password" in it is not sent back after a refusal. */
const batch = z.object({ sourceId: z.uuid(), listWithPasswords: z.string().min(1), last: z.enum(['yes', 'no']) })

export const startBatchAction = defineAction(batch, 'migration.change', async (actor, input) => {
  const { sourceId, listWithPasswords: list, last } = input
  const started = await startBatch(actor, { sourceId, list, isFinal: last === 'yes' })
  refresh()
  return started
})

const change = z.object({
  batchId: z.uuid(),
  jobId: z.union([z.literal('').transform(() => null), z.uuid()]),
  deed: z.enum(jobDeeds),
})

export const changeJobsAction = defineAction(change, 'migration.change', async (actor, input) => {
  const { changed } = await changeJobs(actor, input)
  refresh()
  return changed
})
