/** The policy document: what an operator may decide, and within which bounds. */
import { z } from 'zod'
import { abuseRulesSchema, defaultAbuseRules, network } from './abuse-rules.ts'
import { connectionRulesSchema, defaultConnectionRules } from './connection-rules.ts'
import { defaultInheritedPasswordRules, inheritedPasswordRulesSchema } from './inherited-password-rules.ts'
import { defaultLoginLimits, loginLimitsSchema } from './login-limits.ts'
import { defaultMigrationRules, migrationRulesSchema } from './migration-rules.ts'
import { defaultOldHostRules, oldHostRulesSchema } from './old-host-rules.ts'
import {
  closingRulesSchema,
  defaultClosingRules,
  defaultOwnAddressRules,
  ownAddressRulesSchema,
} from './own-account-rules.ts'
import { defaultRecipeRules, recipeRulesSchema } from './recipe-rules.ts'
import { defaultRelayRules, relayRulesSchema } from './relay-rules.ts'
import { relayWindowRulesSchema } from './relay-window-rules.ts'
import { defaultScanRules, scanRulesSchema } from './scan-rules.ts'
import { messageBytes, sendingLimitsSchema, submissionLimits } from './sending-limits.ts'
import { defaultStrangerRules, strangerRulesSchema } from './stranger-rules.ts'
import { defaultWebhookRules, webhookRulesSchema } from './webhook-rules.ts'

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
  'managesieve',
] as const
export type ListenerName = (typeof listenerNames)[number]

/** SCRAM-SHA-256 stands for its form with channel binding too, which is offered wherever it can be. */
export const saslMechanisms = ['PLAIN', 'LOGIN', 'SCRAM-SHA-256', 'CRAM-MD5'] as const
export type SaslMechanism = (typeof saslMechanisms)[number]
/** APOP is a command of POP3. */
export const popMechanisms = [...saslMechanisms, 'APOP'] as const

/** A listener where people log in. USER/PASS of POP3 and LOGIN of IMAP count as PLAIN: they show the same secret. */
const loginListener = z.strictObject({
  enabled: z.boolean(),
  requireTls: z.boolean(),
  mechanisms: z.array(z.enum(saslMechanisms)),
})

const popListener = loginListener.extend({ mechanisms: z.array(z.enum(popMechanisms)) })

/** A listener that never asks for a login. */
const openListener = z.strictObject({ enabled: z.boolean() })

/**
 * What SPF, DKIM and DMARC are good for: nothing is asked; the results are written into the message; or, beyond that,
 * what the owner of the sender's domain asks for is done.
 */
export const senderCheckModes = ['off', 'record', 'follow'] as const

/** This machine itself is nobody's forger; an operator adds relays of their own. */
export const loopback: string[] = ['127.0.0.0/8', '::1/128']

export const policyDocumentSchema = z.strictObject({
  listeners: z.strictObject({
    mx: openListener,
    smtp: openListener,
    submission: loginListener,
    submissions: loginListener,
    submissionLegacy: loginListener,
    pop3: popListener,
    pop3s: popListener,
    imap: loginListener,
    imaps: loginListener,
    /** missing in documents that were saved before there was ManageSieve */
    managesieve: loginListener.default({
      enabled: true,
      requireTls: true,
      mechanisms: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'],
    }),
  }),
  popBeforeSmtp: relayWindowRulesSchema,
  submission: z.strictObject({ limits: sendingLimitsSchema(submissionLimits) }),
  strangers: strangerRulesSchema.default(defaultStrangerRules),
  scanning: scanRulesSchema.default(defaultScanRules),
  connections: connectionRulesSchema.default(defaultConnectionRules),
  abuse: abuseRulesSchema.default(defaultAbuseRules),
  /** after how many days Trash and Junk let go of a message; 0: never */
  retention: z
    .strictObject({ trashDays: z.int().min(0).max(3_650), junkDays: z.int().min(0).max(3_650) })
    .default({ trashDays: 0, junkDays: 0 }),
  recipes: recipeRulesSchema.default(defaultRecipeRules),
  ownAddresses: ownAddressRulesSchema.default(defaultOwnAddressRules),
  closing: closingRulesSchema.default(defaultClosingRules),
  relay: relayRulesSchema.default(defaultRelayRules),
  webhooks: webhookRulesSchema.default(defaultWebhookRules),
  migration: migrationRulesSchema.default(defaultMigrationRules),
  /** missing in documents that were saved before there were limits */
  loginLimits: loginLimitsSchema.default(defaultLoginLimits),
  oldHost: oldHostRulesSchema.default(defaultOldHostRules),
  inheritedPasswords: inheritedPasswordRulesSchema.default(defaultInheritedPasswordRules),
  inbound: z.strictObject({
    maxMessageBytes: messageBytes,
    maxRecipientsPerMessage: z.int().min(100).max(10_000),
    senderChecks: z.enum(senderCheckModes).default('follow'),
    trustedNetworks: z.array(network).max(200).default(loopback),
  }),
})

export type PolicyDocument = z.infer<typeof policyDocumentSchema>
export type LoginListenerName = Exclude<ListenerName, 'mx' | 'smtp'>

/** A document together with the version under which it was saved; 0 is the built-in default. */
export type PolicySnapshot = { readonly version: number; readonly document: PolicyDocument }
