import { defaultAbuseRules } from './abuse-rules.ts'
import { defaultConnectionRules } from './connection-rules.ts'
import { defaultInheritedPasswordRules } from './inherited-password-rules.ts'
import { defaultLoginLimits } from './login-limits.ts'
import { defaultMigrationRules } from './migration-rules.ts'
import { defaultOldHostRules } from './old-host-rules.ts'
import { defaultClosingRules, defaultOwnAddressRules } from './own-account-rules.ts'
import { defaultRecipeRules } from './recipe-rules.ts'
import { defaultRelayRules } from './relay-rules.ts'
import { defaultRelayWindowRules } from './relay-window-rules.ts'
import { defaultScanRules } from './scan-rules.ts'
import { loopback, type PolicyDocument, type SaslMechanism } from './schema.ts'
import { submissionLimits } from './sending-limits.ts'
import { defaultStrangerRules } from './stranger-rules.ts'
import { defaultWebhookRules } from './webhook-rules.ts'

/** Without CRAM-MD5 and APOP: many programs take them wherever they are offered, and they fail for most passwords. */
const withLogin = () => ({
  enabled: true,
  requireTls: true,
  mechanisms: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'] as SaslMechanism[],
})

/** What rules until an operator decides otherwise. */
export const defaultPolicy: PolicyDocument = {
  listeners: {
    mx: { enabled: true },
    smtp: { enabled: true },
    submission: withLogin(),
    submissions: withLogin(),
    submissionLegacy: { ...withLogin(), mechanisms: ['PLAIN', 'LOGIN'] },
    pop3: withLogin(),
    pop3s: withLogin(),
    imap: withLogin(),
    imaps: withLogin(),
    managesieve: withLogin(),
  },
  popBeforeSmtp: defaultRelayWindowRules,
  submission: { limits: submissionLimits },
  strangers: defaultStrangerRules,
  scanning: defaultScanRules,
  connections: defaultConnectionRules,
  abuse: defaultAbuseRules,
  retention: { trashDays: 0, junkDays: 0 },
  recipes: defaultRecipeRules,
  ownAddresses: defaultOwnAddressRules,
  closing: defaultClosingRules,
  relay: defaultRelayRules,
  webhooks: defaultWebhookRules,
  migration: defaultMigrationRules,
  loginLimits: defaultLoginLimits,
  oldHost: defaultOldHostRules,
  inheritedPasswords: defaultInheritedPasswordRules,
  inbound: {
    maxMessageBytes: 36_700_160,
    maxRecipientsPerMessage: 1_000,
    senderChecks: 'follow',
    trustedNetworks: loopback,
  },
}
