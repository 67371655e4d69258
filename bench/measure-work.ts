/** What one piece of work costs: time, processor time here and in the database, memory of this process. */
import { processorMs } from './processor-time.ts'

export async function measure<Result>(
  what: string,
  databaseProcessId: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const [ownBefore, databaseBefore, startedAt] = [
    process.cpuUsage(),
    processorMs([databaseProcessId]),
    performance.now(),
  ]
  const result = await work()
  const seconds = (performance.now() - startedAt) / 1_000
  const own = process.cpuUsage(ownBefore)
  const ownMs = (own.user + own.system) / 1_000
  const databaseMs = processorMs([databaseProcessId]) - databaseBefore
  const { rss, heapUsed } = process.memoryUsage()
  console.log(
    `${what}: ${seconds.toFixed(2)} s; processor ${Math.round(ownMs)} ms here + ${databaseMs} ms in the database; ` +
      `${Math.round(rss / 1_048_576)} MiB resident, heap ${Math.round(heapUsed / 1_048_576)} MiB`,
  )
  return result
}
