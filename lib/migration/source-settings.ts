/** What an operator says of a source. Pure. */
import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { hostName } from '#lib/env/fields.ts'
import { isLoginForm } from './login-form.ts'

export const sourceKinds = ['IMAP', 'POP3', 'IMAP_AND_POP3', 'MAILDIR', 'DBOX', 'MBOX'] as const
export const sourceTls = ['IMPLICIT', 'STARTTLS', 'NONE'] as const
export type SourceKind = (typeof sourceKinds)[number]

const fileKinds: readonly SourceKind[] = ['MAILDIR', 'DBOX', 'MBOX']
/** Subscribers give their own password: no form of theirs may be a master user's. */
const ownLoginForm = /^(?:\{(?:login|address|domain)\}|[@%])+$/
const port = z.int().min(1).max(65_535)

export const sourceSettings = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    kind: z.enum(sourceKinds),
    host: z.union([z.literal(''), hostName, z.ipv4(), z.ipv6()]).default(''),
    imapPort: port.default(993),
    pop3Port: port.default(995),
    tls: z.enum(sourceTls).default('IMPLICIT'),
    /** PEM of a private authority; empty: a public one */
    authority: z.string().trim().max(20_000).refine(isCertificate).default(''),
    /** below MIGRATION_DIR */
    directory: z
      .string()
      .trim()
      .max(200)
      .regex(/^(?!\/)[^\0\\]*$/)
      .refine((path) => !path.split('/').includes('..'))
      .default(''),
    loginForm: z.string().trim().max(120).refine(isLoginForm).default('{login}'),
    masterPassword: z.string().max(200).default(''),
    maxConnections: z.int().min(1).max(50).default(4),
    messagesPerSecond: z.int().min(1).max(100_000).default(200),
    selfService: z.boolean().default(false),
  })
  .refine(({ kind, host }) => fileKinds.includes(kind) || host !== '', { path: ['host'] })
  .refine(({ kind, selfService }) => !(fileKinds.includes(kind) && selfService), { path: ['selfService'] })
  .refine(({ masterPassword, selfService }) => !(masterPassword !== '' && selfService), { path: ['masterPassword'] })
  .refine(({ loginForm, selfService }) => !selfService || ownLoginForm.test(loginForm), { path: ['loginForm'] })

function isCertificate(pem: string): boolean {
  if (pem === '') return true
  try {
    return new X509Certificate(pem).ca
  } catch {
    return false
  }
}
