/** People of a test, as the product made them. */
export type TestCredential = {
  readonly id: string
  readonly username: string
  readonly password: string
  readonly scopes: readonly string[]
}

export type TestMailbox = {
  readonly id: number
  readonly address: string
  readonly login: string
  readonly credential: TestCredential
}

export type Subscriber = { accountId: string; role: 'SUBSCRIBER'; customerId: string }

/** A mailbox and who owns it. */
export type TestSubscriber = TestMailbox & { readonly actor: Subscriber }
