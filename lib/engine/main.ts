/**
 * One engine worker, a process.
 *
 * The supervisor starts one worker per core; they share the ports and the database and nothing else. A worker says
 * when it listens, and on SIGTERM it drains: idle sessions are told, a message that is coming in arrives.
 */
import { createLog } from '#lib/observability/log.ts'
import { startEngine } from './start-engine.ts'

const log = createLog('engine')

process.on('uncaughtException', (error) => {
  log.fatal(error)
  process.exit(1)
})

const engine = await startEngine(log)
process.send?.({
  type: 'ready',
  listeners: Object.fromEntries(
    engine.listeners.map(({ settings, port }) => [settings.isOldHost ? `old:${settings.name}` : settings.name, port]),
  ),
})

let isStopping = false
async function stopOnce(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await engine.stop()
  process.exit(0)
}

process.on('SIGTERM', () => void stopOnce())
// Ctrl-C in a terminal reaches every process of the group; the supervisor decides when the workers stop.
process.on('SIGINT', () => {})
// Without its supervisor a worker has nobody who would stop it.
process.on('disconnect', () => void stopOnce())
