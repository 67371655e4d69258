/** Puts a load on a server from a process of its own, and tells how much of it was done. */
import { firstMessage, startFile } from './child-process.ts'
import type { LoadJob, LoadResult } from './load-job.ts'

export async function measureLoad(job: LoadJob): Promise<LoadResult> {
  const child = startFile({ file: 'load-generator.ts' })
  child.send(job)
  return firstMessage<LoadResult>(child)
}
