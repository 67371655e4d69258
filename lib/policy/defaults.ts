import { defaultLoginLimits } from './login-limits.ts'
import { loopback, type Mechanism, type PolicyDocument } from './schema.ts'

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
  popBeforeSmtp: {
    enabled: true,
    windowSeconds: 600,
    limits: {
      maxMessageBytes: 26_214_400,
      maxRecipientsPerMessage: 50,
      maxRecipientsPerHour: 100,
      maxRecipientsPerDay: 300,
    },
  },
  submission: {
    limits: {
      maxMessageBytes: 36_700_160,
      maxRecipientsPerMessage: 100,
      maxRecipientsPerHour: 300,
      maxRecipientsPerDay: 1_000,
    },
  },
  loginLimits: defaultLoginLimits,
  inbound: {
    maxMessageBytes: 36_700_160,
    maxRecipientsPerMessage: 1_000,
    senderChecks: 'follow',
    trustedNetworks: loopback,
  },
}
