/** The door of this room. The engine imports the pure files directly, so that it never loads the portal's client. */
export { decide, offersChallengeLogins, type Permission, type Question, type Verdict, waitSecondsOf } from './decide.ts'
export { defaultPolicy } from './defaults.ts'
export type { Familiarity } from './login-limits.ts'
export { type GuideCode, guideCodes, isReasonId, type ReasonId, reasons, reasonText } from './reasons.ts'
export {
  currentPolicy,
  listPolicyVersions,
  type PolicyVersionView,
  policyInForce,
  policyInForceFor,
  readPolicyVersion,
  savePolicy,
} from './repository.ts'
export {
  type ListenerName,
  type LoginListenerName,
  listenerNames,
  type PolicyDocument,
  type PolicySnapshot,
  policyDocumentSchema,
} from './schema.ts'
