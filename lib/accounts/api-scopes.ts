/** What a program may do through the HTTP API: one resource, read or write. A closed list. */
export const apiScopes = [
  'accounts:read',
  'accounts:write',
  'credentials:read',
  'credentials:write',
  'announcements:read',
  'announcements:write',
  'policies:read',
  'policies:write',
  'events:read',
  'audit:read',
] as const
export type ApiScope = (typeof apiScopes)[number]

export function isApiScope(text: string): text is ApiScope {
  return (apiScopes as readonly string[]).includes(text)
}
