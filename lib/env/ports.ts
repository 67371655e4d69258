/** Where each part listens on this machine. The defaults are above 1024, so that no privilege is needed. */
import { isIP } from 'node:net'
import { z } from 'zod'
import { port } from './fields.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const schema = z.object({
  BIND_ADDRESS: z
    .string()
    .refine((text) => isIP(text) !== 0, 'must be an IP address such as 127.0.0.1 or ::')
    .default('127.0.0.1'),
  PORTAL_PORT: port.default(3000),
  MX_PORT: port.default(2525),
  SMTP_PORT: port.default(2526),
  SUBMISSION_PORT: port.default(2587),
  SUBMISSIONS_PORT: port.default(2465),
  SUBMISSION_LEGACY_PORT: port.default(2588),
  POP3_PORT: port.default(2110),
  POP3S_PORT: port.default(2995),
  IMAP_PORT: port.default(2143),
  IMAPS_PORT: port.default(2993),
  MANAGESIEVE_PORT: port.default(4190),
})

export type PortsEnv = {
  readonly bindAddress: string
  readonly portal: number
  readonly mx: number
  readonly smtp: number
  readonly submission: number
  readonly submissions: number
  readonly submissionLegacy: number
  readonly pop3: number
  readonly pop3s: number
  readonly imap: number
  readonly imaps: number
  readonly managesieve: number
}

/** The variable that sets each port; the supervisor writes the chosen ports back with it for its children. */
export const portVariables = {
  portal: 'PORTAL_PORT',
  mx: 'MX_PORT',
  smtp: 'SMTP_PORT',
  submission: 'SUBMISSION_PORT',
  submissions: 'SUBMISSIONS_PORT',
  submissionLegacy: 'SUBMISSION_LEGACY_PORT',
  pop3: 'POP3_PORT',
  pop3s: 'POP3S_PORT',
  imap: 'IMAP_PORT',
  imaps: 'IMAPS_PORT',
  managesieve: 'MANAGESIEVE_PORT',
} as const

export function readPortsEnv(environment: Environment): PortsEnv {
  const given = readEnvironment(schema, environment)
  return {
    bindAddress: given.BIND_ADDRESS,
    portal: given.PORTAL_PORT,
    mx: given.MX_PORT,
    smtp: given.SMTP_PORT,
    submission: given.SUBMISSION_PORT,
    submissions: given.SUBMISSIONS_PORT,
    submissionLegacy: given.SUBMISSION_LEGACY_PORT,
    pop3: given.POP3_PORT,
    pop3s: given.POP3S_PORT,
    imap: given.IMAP_PORT,
    imaps: given.IMAPS_PORT,
    managesieve: given.MANAGESIEVE_PORT,
  }
}

export const portsEnv = oncePerProcess(readPortsEnv)
