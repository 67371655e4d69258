/** Who may reach what. Every route and action of the built portal must have a line here. */

export const visitors = ['anonymous', 'subscriber', 'stranger', 'agent', 'operator'] as const
export type VisitorName = (typeof visitors)[number]

const everybody = visitors
const signedIn = ['subscriber', 'stranger', 'agent', 'operator'] as const
const subscribers = ['subscriber', 'stranger'] as const
const agents = ['agent'] as const
const operators = ['operator'] as const

/** `own`: answers everybody, with next-auth's own rules. */
export const routeAccess: Readonly<Record<string, readonly VisitorName[]>> = {
  '/': everybody,
  '/sign-in': everybody,
  '/setup': everybody,
  '/forwards/confirm': everybody,
  '/guides': everybody,
  '/guides/[client]': everybody,
  '/guides/[client]/[method]': everybody,
  '/compatibility': everybody,
  '/doctor': everybody,
  '/help': everybody,
  '/help/[code]': everybody,
  '/g/[code]': everybody,
  '/healthz': everybody,
  '/ca.crt': everybody,
  '/mail/config-v1.1.xml': everybody,
  '/.well-known/autoconfig/mail/config-v1.1.xml': everybody,
  '/.well-known/user-agent-configuration.json': everybody,
  '/.well-known/mta-sts.txt': everybody,
  '/autodiscover/autodiscover.xml': everybody,
  '/autodiscover/autodiscover.json': everybody,
  '/autodiscover/autodiscover.json/v1.0/[address]': everybody,
  '/api/set-up/mail.mobileconfig': everybody,
  '/api/set-up/[token]/mail.mobileconfig': everybody,
  '/set-up/[token]': everybody,
  '/[...rest]': [],
  '/home': subscribers,
  '/credentials': subscribers,
  '/credentials/new': subscribers,
  '/credentials/[credentialId]': ['subscriber'],
  '/sending-method': subscribers,
  '/mailbox': subscribers,
  '/recipes': subscribers,
  '/activity': subscribers,
  '/sent': subscribers,
  '/security': signedIn,
  '/support': agents,
  '/support/[customerId]': agents,
  '/operator/policy': operators,
  '/operator/queue': operators,
  '/operator/encryption': operators,
  '/operator/dkim': operators,
  '/operator/dns': operators,
  '/operator/held': operators,
  '/api/doctor': everybody,
  '/api/activity': subscribers,
  '/api/live-sessions': subscribers,
  '/api/relay-windows': subscribers,
  '/api/sent': subscribers,
  '/api/queue': operators,
}

export const routesOfNextAuth = ['/api/auth/[...nextauth]']

/** `owner`: of the ids that the test sends, which are those of `subscriber`. */
export const actionAccess: Readonly<Record<string, readonly VisitorName[]>> = {
  chooseThemeAction: everybody,
  signInAction: everybody,
  issueCheckCodeAction: everybody,
  signOutAction: everybody,
  setUpMailAction: everybody,
  setPortalPasswordAction: everybody,
  endSessionAction: ['subscriber'],
  issueCredentialAction: ['subscriber'],
  renameCredentialAction: ['subscriber'],
  revokeCredentialAction: ['subscriber'],
  saveRecipesAction: ['subscriber'],
  returnToRecipesAction: ['subscriber'],
  activateScriptAction: ['subscriber'],
  withdrawForwardAction: ['subscriber'],
  tryRecipesAction: ['subscriber'],
  endLiveSessionAction: ['subscriber'],
  chooseSendingMethodAction: ['subscriber'],
  findCustomersAction: agents,
  openCustomerAction: agents,
  revokeForCustomerAction: agents,
  releaseForCustomerAction: agents,
  issueSetUpCodeAction: agents,
  shutOutAction: agents,
  suspendMailboxAction: agents,
  resumeMailboxAction: agents,
  changeContactAction: agents,
  releaseSendingAction: operators,
  savePolicyAction: operators,
  returnToPolicyAction: operators,
  holdDeliveryAction: operators,
  releaseDeliveryAction: operators,
  cancelDeliveryAction: operators,
  flushDomainAction: operators,
  createNextKeysAction: operators,
  activateKeysAction: operators,
}
