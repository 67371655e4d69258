/** What the automated runs with real mail programs showed; the record is written by `npm run evidence`. */
import { z } from 'zod'
import { isProgramId, type ProgramId, programs } from './programs.ts'
import record from './verified-runs.json' with { type: 'json' }

export const runProtocols = ['smtp', 'pop3', 'imap', 'managesieve', 'autoconfig'] as const
export type RunProtocol = (typeof runProtocols)[number]

export const verifiedRunSchema = z.strictObject({
  program: z.string().refine(isProgramId, 'a program of programs.ts'),
  version: z.string().min(1),
  date: z.iso.date(),
  protocol: z.enum(runProtocols),
  /** as the engine saw it: a SASL mechanism, "USER/PASS", "LOGIN command", "POP before SMTP" */
  mechanism: z.string().min(1),
  tls: z.enum(['none', 'starttls', 'implicit']),
  /** as the engine saw it, such as "TLSv1.3"; null without TLS */
  tlsVersion: z.string().nullable(),
})

export type VerifiedRun = Omit<z.infer<typeof verifiedRunSchema>, 'program'> & { readonly program: ProgramId }

export const verifiedRuns = z.array(verifiedRunSchema).parse(record) as readonly VerifiedRun[]

export type VerifiedProgram = {
  readonly program: ProgramId
  readonly name: string
  readonly clientId: string | null
  /** without what Debian adds to it */
  readonly version: string
  /** of the latest run */
  readonly date: string
  readonly runs: readonly VerifiedRun[]
}

export const verifiedPrograms: readonly VerifiedProgram[] = [
  ...Map.groupBy(verifiedRuns, ({ program }) => program),
].map(([program, runs]) => {
  const latest = runs.reduce((one, other) => (other.date > one.date ? other : one))
  return { program, ...programs[program], version: upstreamVersion(latest.version), date: latest.date, runs }
})

/** "1:128.4.0esr-1~deb12u1" is Debian's name of 128.4.0esr. */
function upstreamVersion(version: string): string {
  return version
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[~+].*$/, '')
}

export function verifiedProgramOf(clientId: string): VerifiedProgram | null {
  return verifiedPrograms.find((one) => one.clientId === clientId) ?? null
}
