/** The thread in which one long script is checked. */
import { parentPort, workerData } from 'node:worker_threads'
import { judgeUpload } from './judge-upload.ts'

export type LongScript = { readonly script: string; readonly ownDomains: readonly string[] }

const { script, ownDomains } = workerData as LongScript
parentPort?.postMessage(judgeUpload(script, ownDomains))
