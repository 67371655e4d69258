/** The database is away: the one failure of a login that the client should try again. */
export class CredentialsUnavailable extends Error {}

export async function reachable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    throw new CredentialsUnavailable('credentials cannot be read', { cause })
  }
}
