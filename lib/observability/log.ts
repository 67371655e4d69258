/** Structured logs, one JSON object a line, on standard error. What is logged here names no correspondent and no secret. */
import { type Logger, pino } from 'pino'

export type Log = Logger

export function createLog(part: string): Log {
  return pino({ base: { part, pid: process.pid } }, pino.destination({ fd: 2, sync: false }))
}
