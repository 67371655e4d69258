/** How a mail program shows that it still has the name of the old host: TLS (SNI), the address it called, the user name. */
export const oldHostSigns = ['serverName', 'address', 'loginName'] as const
export type OldHostSign = (typeof oldHostSigns)[number]

export type HostEvidence = {
  /** SNI; null where there was none */
  readonly serverName: string | null
  /** the connection came to an address of the old host */
  readonly isOldAddress: boolean
  /** as it was typed */
  readonly loginName: string
}

/** @param formerHosts in lower case */
export function oldHostSign(
  { serverName, isOldAddress, loginName }: HostEvidence,
  formerHosts: readonly string[],
): OldHostSign | null {
  const isFormer = (name: string) => formerHosts.includes(name.toLowerCase().replace(/\.$/, ''))
  if (serverName !== null && isFormer(serverName)) return 'serverName'
  if (isOldAddress) return 'address'
  const [, typedHost] = /[@%]([^@%]+)$/.exec(loginName.normalize('NFKC').trim()) ?? []
  return typedHost !== undefined && isFormer(typedHost) ? 'loginName' : null
}
