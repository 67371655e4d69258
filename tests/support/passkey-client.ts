/** Passkeys in the tests' browser without a screen: the same server actions that the pages call. */
import assert from 'node:assert/strict'
import { portalPassword } from './password.ts'
import {
  type AuthenticationRequest,
  type RegistrationRequest,
  SoftwareAuthenticator,
} from './software-authenticator.ts'
import {
  type ActionReference,
  type Answer,
  actionResult,
  actionStatus,
  builtActions,
  type WebClient,
} from './web-client.ts'

const actions = new Map<string, ActionReference>()

export function actionNamed(name: string): ActionReference {
  if (actions.size === 0) for (const action of builtActions()) actions.set(action.name, action)
  const found = actions.get(name)
  assert.ok(found, name)
  return found
}

export async function registerPasskey(client: WebClient, authenticator: SoftwareAuthenticator): Promise<Answer> {
  const begun = await client.callAction(actionNamed('beginRegistrationAction'), {})
  const answer = authenticator.register(actionResult<RegistrationRequest>(begun))
  return client.callAction(actionNamed('registerPasskeyAction'), { label: 'test', answer })
}

/** @returns what the authenticator answers to a sign-in that this browser has begun */
export async function passkeyAnswer(client: WebClient, authenticator: SoftwareAuthenticator): Promise<string> {
  const begun = await client.callAction(actionNamed('beginPasskeySignInAction'), {})
  return authenticator.authenticate(actionResult<AuthenticationRequest>(begun))
}

export async function signInWithPasskey(client: WebClient, authenticator: SoftwareAuthenticator): Promise<Answer> {
  const answer = await passkeyAnswer(client, authenticator)
  return client.callAction(actionNamed('signInWithPasskeyAction'), { answer })
}

const ofStaff = new Map<string, SoftwareAuthenticator>()

/** As staff do: at the first sign-in with the password, which leads to registering a passkey; from then on with that. */
export async function signInStaff(client: WebClient, login: string): Promise<SoftwareAuthenticator> {
  const key = `${client.url} ${login}`
  const known = ofStaff.get(key)
  if (known !== undefined) {
    assert.equal(actionStatus(await signInWithPasskey(client, known)), 'redirect', login)
    return known
  }
  const authenticator = new SoftwareAuthenticator(client.url)
  const entered = await client.callAction(actionNamed('signInAction'), { login, password: portalPassword })
  assert.equal(actionStatus(entered), 'redirect', login)
  assert.equal(actionStatus(await registerPasskey(client, authenticator)), 'done', login)
  ofStaff.set(key, authenticator)
  return authenticator
}
