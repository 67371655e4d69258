import { defaultAbuseRules } from './abuse-rules.ts'
import { defaultLoginLimits } from './login-limits.ts'
import { defaultRelayWindowRules } from './relay-window-rules.ts'
import { loopback, type Mechanism, type PolicyDocument } from './schema.ts'
import { submissionLimits } from './sending-limits.ts'

const withLogin = () => ({
  enabled: true,
  requireTls: true,
  mechanisms: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'] as Mechanism[],
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
  },
  popBeforeSmtp: defaultRelayWindowRules,
  submission: { limits: submissionLimits },
  abuse: defaultAbuseRules,
  retention: { trashDays: 0, junkDays: 0 },
  loginLimits: defaultLoginLimits,
  inbound: {
    maxMessageBytes: 36_700_160,
    maxRecipientsPerMessage: 1_000,
    senderChecks: 'follow',
    trustedNetworks: loopback,
  },
}
