/** The record as it is now: configuration of this process, and the policy in force. */
import 'server-only'
import { cache } from 'react'
import { guidePortsEnv } from '#lib/env/guide-ports.ts'
import { siteEnv } from '#lib/env/site.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { type ConnectionSettings, connectionSettings } from './connection-settings.ts'

export const loadConnectionSettings = cache(async (): Promise<ConnectionSettings> => {
  const { document } = await currentPolicy()
  return connectionSettings(siteEnv(), guidePortsEnv(), document)
})
