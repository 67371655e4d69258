/** Whose mail this is: the domain, the host names of the notice, and the names that people read. */
import { z } from 'zod'
import { hostName } from './fields.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'

const hostNames = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(hostName))

const name = z.string().max(100, 'must be 100 characters at the most')

const schema = z.object({
  SITE_DOMAIN: hostName.default('infonia.ne.jp'),
  HOSTED_DOMAINS: hostNames.optional(),
  HOST_OLD: hostName.optional(),
  HOST_OLD_ALIASES: hostNames.default([]),
  HOST_POP: hostName.optional(),
  HOST_SMTP: hostName.optional(),
  HOST_SMTPA: hostName.optional(),
  SITE_NAME_JA: name.default('インフォニア'),
  SITE_NAME_EN: name.default('Infonia'),
  COMPANY_JA: name.default('日本インターネットアクセス(株)'),
  COMPANY_EN: name.default('Japan Internet Access Co., Ltd.'),
  SUPPORT_CONTACT_JA: z.string().max(300).optional(),
  SUPPORT_CONTACT_EN: z.string().max(300).optional(),
})

type Bilingual = { readonly ja: string; readonly en: string }

export type SiteEnv = {
  readonly domain: string
  /** every domain whose mail is delivered here; `domain` is always one of them */
  readonly hostedDomains: readonly string[]
  /** `old` is the single host of earlier days, which the notice replaces by the other three */
  readonly hosts: { readonly old: string; readonly pop: string; readonly smtp: string; readonly smtpa: string }
  /** every name that mail programs of earlier days may still have; `hosts.old` is always one of them */
  readonly formerHosts: readonly string[]
  readonly name: Bilingual
  readonly company: Bilingual
  readonly supportContact: Bilingual
}

export function readSiteEnv(environment: Environment): SiteEnv {
  const given = readEnvironment(schema, environment)
  const domain = given.SITE_DOMAIN
  const oldHost = given.HOST_OLD ?? `mx.${domain}`
  return {
    domain,
    hostedDomains: [...new Set([domain, ...(given.HOSTED_DOMAINS ?? [])])],
    hosts: {
      old: oldHost,
      pop: given.HOST_POP ?? `pop.${domain}`,
      smtp: given.HOST_SMTP ?? `smtp.${domain}`,
      smtpa: given.HOST_SMTPA ?? `smtpa.${domain}`,
    },
    formerHosts: [...new Set([oldHost, ...given.HOST_OLD_ALIASES])],
    name: { ja: given.SITE_NAME_JA, en: given.SITE_NAME_EN },
    company: { ja: given.COMPANY_JA, en: given.COMPANY_EN },
    supportContact: {
      ja: given.SUPPORT_CONTACT_JA ?? `${given.SITE_NAME_JA}サポート窓口 (support@${domain})`,
      en: given.SUPPORT_CONTACT_EN ?? `${given.SITE_NAME_EN} support (support@${domain})`,
    },
  }
}

export const siteEnv = oncePerProcess(readSiteEnv)
