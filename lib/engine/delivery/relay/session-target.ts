/** Where a session leads, and under which conditions it may carry mail. */

/**
 * `opportunistic` (RFC 7435): encrypted when the host can, whatever its certificate. `required`: encrypted under a
 * certificate that names the host and leads to a trusted authority, or no mail.
 */
export type TlsMode = 'none' | 'opportunistic' | 'required'

export type HostLogin = { readonly user: string; readonly password: string }

export type SessionTarget = {
  readonly hostName: string
  readonly address: string
  readonly port: number
  readonly tls: TlsMode
  /** the smart host's, where it asks for one */
  readonly login: HostLogin | null
}
