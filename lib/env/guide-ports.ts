/** The ports that the guides tell customers to type: those of the public hosts, not of this machine. */
import { z } from 'zod'
import { publicPort } from './fields.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({
  PUBLIC_SMTP_PORT: publicPort.default(25),
  PUBLIC_SUBMISSION_PORT: publicPort.default(587),
  PUBLIC_SUBMISSIONS_PORT: publicPort.default(465),
  PUBLIC_SUBMISSION_LEGACY_PORT: publicPort.default(587),
  PUBLIC_POP3_PORT: publicPort.default(110),
  PUBLIC_POP3S_PORT: publicPort.default(995),
  PUBLIC_IMAP_PORT: publicPort.default(143),
  PUBLIC_IMAPS_PORT: publicPort.default(993),
})

export type GuidePortsEnv = {
  readonly smtp: number
  readonly submission: number
  readonly submissions: number
  readonly submissionLegacy: number
  readonly pop3: number
  readonly pop3s: number
  readonly imap: number
  readonly imaps: number
}

export function readGuidePortsEnv(environment: Environment): GuidePortsEnv {
  const given = readEnvironment(schema, environment)
  return {
    smtp: given.PUBLIC_SMTP_PORT,
    submission: given.PUBLIC_SUBMISSION_PORT,
    submissions: given.PUBLIC_SUBMISSIONS_PORT,
    submissionLegacy: given.PUBLIC_SUBMISSION_LEGACY_PORT,
    pop3: given.PUBLIC_POP3_PORT,
    pop3s: given.PUBLIC_POP3S_PORT,
    imap: given.PUBLIC_IMAP_PORT,
    imaps: given.PUBLIC_IMAPS_PORT,
  }
}

export const guidePortsEnv = oncePerProcess(readGuidePortsEnv)
