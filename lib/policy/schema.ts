/** The policy document: what an operator may decide, and within which bounds. */
import { z } from 'zod'
import { isNetwork } from '#lib/mail/network-list.ts'
import { defaultLoginLimits, loginLimitsSchema } from './login-limits.ts'

export const listenerNames = [
  'mx',
  'smtp',
  'submission',
  'submissions',
  'submissionLegacy',
  'pop3',
  'pop3s',
  'imap',
  'imaps',
] as const
export type ListenerName = (typeof listenerNames)[number]

export const mechanisms = ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'] as const
export type Mechanism = (typeof mechanisms)[number]

/** A listener where people log in. USER/PASS of POP3 and LOGIN of IMAP count as PLAIN: they show the same secret. */
const loginListener = z.strictObject({
  enabled: z.boolean(),
  requireTls: z.boolean(),
  mechanisms: z.array(z.enum(mechanisms)),
})

/** A listener that never asks for a login. */
const openListener = z.strictObject({ enabled: z.boolean() })

const MEBIBYTE = 1_048_576

const sendingLimits = z.strictObject({
  maxMessageBytes: z
    .int()
    .min(65_536)
    .max(512 * MEBIBYTE),
  maxRecipientsPerMessage: z.int().min(1).max(1_000),
  maxRecipientsPerHour: z.int().min(1).max(1_000_000),
  maxRecipientsPerDay: z.int().min(1).max(1_000_000),
})

/**
 * What SPF, DKIM and DMARC are good for: nothing is asked; the results are written into the message; or, beyond that,
 * what the owner of the sender's domain asks for is done.
 */
export const senderCheckModes = ['off', 'record', 'follow'] as const

/** An address or a network such as 192.0.2.0/24. */
const network = z.string().refine(isNetwork)
/** This machine itself is nobody's forger; an operator adds relays of their own. */
export const loopback: string[] = ['127.0.0.0/8', '::1/128']

export const policyDocumentSchema = z.strictObject({
  listeners: z.strictObject({
    mx: openListener,
    smtp: openListener,
    submission: loginListener,
    submissions: loginListener,
    submissionLegacy: loginListener,
    pop3: loginListener,
    pop3s: loginListener,
    imap: loginListener,
    imaps: loginListener,
  }),
  popBeforeSmtp: z.strictObject({
    enabled: z.boolean(),
    windowSeconds: z.int().min(60).max(3_600),
    limits: sendingLimits,
  }),
  submission: z.strictObject({ limits: sendingLimits }),
  /** missing in documents that were saved before there were limits */
  loginLimits: loginLimitsSchema.default(defaultLoginLimits),
  inbound: z.strictObject({
    maxMessageBytes: z
      .int()
      .min(65_536)
      .max(512 * MEBIBYTE),
    maxRecipientsPerMessage: z.int().min(100).max(10_000),
    senderChecks: z.enum(senderCheckModes).default('follow'),
    trustedNetworks: z.array(network).max(200).default(loopback),
  }),
})

export type PolicyDocument = z.infer<typeof policyDocumentSchema>
export type SendingLimits = z.infer<typeof sendingLimits>
export type LoginListenerName = Exclude<ListenerName, 'mx' | 'smtp'>

/** A document together with the version under which it was saved; 0 is the built-in default. */
export type PolicySnapshot = { readonly version: number; readonly document: PolicyDocument }
