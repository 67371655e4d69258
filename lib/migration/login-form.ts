/** How a source wants its user names: `{login}`, `{address}`, or a master user's form such as `{login}*migrator`. */

const PLACES = /\{(login|address|domain)\}/g

export function isLoginForm(form: string): boolean {
  return form.search(PLACES) >= 0 && !/[\x00-\x1f\x7f]/.test(form)
}

/** @param sourceLogin as the person or the list gave it: with or without a domain */
export function loginFrom(form: string, sourceLogin: string, defaultDomain: string): string {
  const at = sourceLogin.lastIndexOf('@')
  const login = at < 0 ? sourceLogin : sourceLogin.slice(0, at)
  const domain = at < 0 ? defaultDomain : sourceLogin.slice(at + 1)
  const values: Record<string, string> = { login, domain, address: `${login}@${domain}` }
  return form.replace(PLACES, (_, place: string) => values[place] ?? '')
}
