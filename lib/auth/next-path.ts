/**
 * Where to go after signing in, as the address bar says it. Only a path of this portal: "//evil.example",
 * "/\evil.example" and whole URLs would lead elsewhere (open redirect).
 */
const PATH = /^\/(?![/\\])[A-Za-z0-9/_.~%?=&-]*$/
const MAX_LENGTH = 500

export function nextPath(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_LENGTH && PATH.test(value) ? value : null
}
