/**
 * A browser without a screen, for tests of what the portal refuses: it keeps cookies, sends the Origin that it is told
 * to, and calls server actions the way React does, with whatever arguments the test likes.
 */
import { readFileSync } from 'node:fs'

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: string }

export type ActionReference = { readonly id: string; readonly name: string; readonly page: string }

type RequestOptions = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit
}

export class WebClient {
  readonly url: string
  readonly #cookies = new Map<string, string>()

  constructor(url: string) {
    this.url = url
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  async request(path: string, { method = 'GET', headers = {}, body }: RequestOptions = {}): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: { 'accept-encoding': 'identity', ...(cookie ? { cookie } : {}), ...headers },
      ...(body === undefined ? {} : { body }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return { status: response.status, headers: response.headers, body: await response.text() }
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const separator = pair.indexOf('=')
    const name = pair.slice(0, separator)
    // Only the attributes say so: a random value may well have "1970" in it.
    const isOver = attributes.some((attribute) => /^ ?(?:max-age=0$|expires=.* 1970 )/i.test(attribute))
    if (isOver) this.#cookies.delete(name)
    else this.#cookies.set(name, pair.slice(separator + 1))
  }

  /** Through next-auth's own protocol. @returns the address that it leads to */
  async signIn(login: string, password: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const csrf = await this.request('/api/auth/csrf')
    const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string }
    const answer = await this.request('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { origin: this.url, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ csrfToken, login, password, json: 'true' }),
    })
    return (JSON.parse(answer.body) as { url: string }).url
  }

  /** `useActionState` actions get a state before the form; a plain form action only the form. */
  async callAction(
    action: ActionReference,
    fields: Readonly<Record<string, string | readonly string[]>>,
    headers: Readonly<Record<string, string>> = { origin: this.url },
  ): Promise<Answer> {
    const body = new FormData()
    const isPlain = plainFormActions.has(action.name)
    for (const [name, value] of Object.entries(fields)) {
      for (const text of [value].flat()) body.append(`_1_${name}`, text)
    }
    body.append('0', JSON.stringify(isPlain ? ['$K1'] : [{ status: 'idle' }, '$K1']))
    const accept = { accept: 'text/x-component', 'next-action': action.id }
    return this.request(action.page, { method: 'POST', headers: { ...accept, ...headers }, body })
  }
}

const plainFormActions = new Set([
  'chooseThemeAction',
  'rememberTimeZoneAction',
  'signOutAction',
  'openCustomerAction',
  'acknowledgeAnnouncementAction',
])

/** React's answer to an action carries what the action returned. */
export function actionStatus(answer: Answer): 'done' | 'refused' | 'redirect' | 'error' {
  if (answer.headers.has('x-action-redirect') || answer.status === 303) return 'redirect'
  if (/"status":"done"/.test(answer.body)) return 'done'
  if (/"status":"refused"/.test(answer.body)) return 'refused'
  return 'error'
}

/** What an action that went well returned. */
export function actionResult<Result>(answer: Answer): Result {
  const row = answer.body.split('\n').find((line) => /^[0-9a-f]+:\{"status":"done"/.test(line))
  if (row === undefined) throw new Error(`the action was not done: ${answer.status} ${answer.body.slice(-300)}`)
  return (JSON.parse(row.slice(row.indexOf(':') + 1)) as { result: Result }).result
}

/** Every server action of the built portal, from Next's own list. */
export function builtActions(): ActionReference[] {
  const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as {
    node: Record<string, { exportedName: string; workers: Record<string, unknown> }>
  }
  return Object.entries(manifest.node).map(([id, { exportedName, workers }]) => {
    const [worker = ''] = Object.keys(workers)
    return { id, name: exportedName, page: pathOf(worker) }
  })
}

/** "app/[locale]/(portal)/home/page" is answered at "/home". */
export function pathOf(file: string): string {
  const path = file
    .replace(/^app/, '')
    .replace(/\/(?:page|route)(?:\.tsx?)?$/, '')
    .replace(/^\/\[locale\]/, '')
    .replaceAll(/\/\([a-z]+\)/g, '')
  return path === '' ? '/' : path
}
