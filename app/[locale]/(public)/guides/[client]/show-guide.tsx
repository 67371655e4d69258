import { notFound } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { GuidePage } from '#components/guides/guide-page.tsx'
import { PersonalValues } from '#components/guides/personal-values.tsx'
import { findClient } from '#lib/guides/catalogue.ts'
import type { Client } from '#lib/guides/client.ts'
import type { Receiving } from '#lib/guides/connection-settings.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { loadReader, type Reader } from '#lib/guides/load-person.ts'
import { canUse, recommendedMethod } from '#lib/guides/methods.ts'
import { setupOf } from '#lib/guides/setup.ts'
import { loadTrialSettings } from '#lib/guides/trial-settings.ts'
import type { SendingMethod } from '#lib/guides/warnings.ts'
import { goTo } from '#lib/i18n/go-to.ts'

export type GuideQuery = { readonly [name: string]: string | string[] | undefined }

/** @param method null for the one that we recommend */
export async function showGuide(clientId: string, method: SendingMethod | null, query: GuideQuery) {
  const client = findClient(clientId)
  if (client === null) notFound()
  if (method !== null && !canUse(client, method)) return goTo(`/guides/${client.id}`)
  const choice = { method: method ?? recommendedMethod(client), receiving: receivingFrom(query.receive) }
  const [language, settings, reader] = await Promise.all([
    getLocale(),
    loadConnectionSettings(),
    loadReader(client.id, mailboxFrom(query.mailbox)),
  ])
  const trialSettings = reader === null ? null : await loadTrialSettings()
  const person = reader?.person ?? null
  const setup = setupOf(client, settings, choice, person)
  return (
    <GuidePage
      setup={setup}
      language={language}
      values={
        <PersonalValues
          setup={setup}
          language={language}
          reader={reader && readerView(reader, client, choice.method)}
          trial={trialSettings && setupOf(client, trialSettings, choice, person)}
        />
      }
    />
  )
}

function readerView({ person, otherMailboxes }: Reader, client: Client, method: SendingMethod) {
  return {
    address: person.address,
    hasCredential: person.username !== null,
    otherMailboxes: otherMailboxes.map(({ id, address }) => ({
      address,
      href: `/guides/${client.id}/${method}?mailbox=${id}`,
    })),
  }
}

function receivingFrom(value: GuideQuery[string]): Receiving | undefined {
  return value === 'pop' || value === 'imap' ? value : undefined
}

/** The data layer decides whether the mailbox is the reader's; here it is only a number. */
function mailboxFrom(value: GuideQuery[string]): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}
