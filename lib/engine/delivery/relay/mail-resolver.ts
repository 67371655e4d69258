/** The DNS questions of mail, behind an interface so that tests and other resolvers can answer them. */
import { lookup } from 'node:dns/promises'
import { type DnsServer, openDnsResolver } from '#lib/dns/dns-resolver.ts'

export type MailExchanger = { readonly exchange: string; readonly priority: number }

/** The name or the record does not exist; every other failure is one to try again. */
export class NoSuchRecord extends Error {}

export interface MailResolver {
  /** @throws NoSuchRecord when the domain has no MX record or does not exist */
  mailExchangers(domain: string): Promise<readonly MailExchanger[]>
  /** @throws NoSuchRecord when the host has no address */
  addresses(host: string): Promise<readonly string[]>
  /** TXT records, the strings of each joined; none when there is no such name */
  texts(name: string): Promise<readonly string[]>
  /** the operator's own smart host, which the system's hosts file may name */
  configuredHost(host: string): Promise<readonly string[]>
}

const TIMEOUT_MS = 5_000
const TRIES = 2

export function openMailResolver(server: DnsServer | null): MailResolver {
  const resolver = openDnsResolver(server, TIMEOUT_MS, TRIES)

  async function ask<Record>(question: Promise<Record[]>): Promise<Record[]> {
    try {
      return await question
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'ENOTFOUND' || code === 'ENODATA') throw new NoSuchRecord(code, { cause })
      throw cause
    }
  }

  return {
    mailExchangers: (domain) => ask(resolver.resolveMx(domain)),
    async addresses(host) {
      const [four, six] = await Promise.allSettled([ask(resolver.resolve4(host)), ask(resolver.resolve6(host))])
      const found = [four, six].flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
      if (found.length > 0) return found
      // One family says "none", the other could not be asked: that is not a "none".
      const unanswered = [four, six].find(
        (result) => result.status === 'rejected' && !(result.reason instanceof NoSuchRecord),
      )
      throw unanswered?.status === 'rejected' ? unanswered.reason : new NoSuchRecord(`${host} has no address`)
    },
    async texts(name) {
      try {
        return (await ask(resolver.resolveTxt(name))).map((strings) => strings.join(''))
      } catch (error) {
        if (error instanceof NoSuchRecord) return []
        throw error
      }
    },
    async configuredHost(host) {
      const found = await lookup(host, { all: true })
      return found.map(({ address }) => address)
    },
  }
}
