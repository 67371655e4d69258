import { notFound } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import type { ComponentProps } from 'react'
import { GuidePage } from '#components/guides/guide-page.tsx'
import { PersonalValues } from '#components/guides/personal-values.tsx'
import { webEnv } from '#lib/env/web.ts'
import { loadEvidence } from '#lib/evidence/load-evidence.ts'
import { verifiedProgramOf } from '#lib/evidence/verified-runs.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import type { Client } from '#lib/guides/client.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { loadReader, type Reader } from '#lib/guides/load-person.ts'
import { canUse, recommendedMethod } from '#lib/guides/methods.ts'
import { setupOf } from '#lib/guides/setup.ts'
import { loadTrialSettings } from '#lib/guides/trial-settings.ts'
import type { SendingMethod } from '#lib/guides/warnings.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { ClientMessages } from '../../../client-messages.tsx'
import { receivingFrom } from './receiving-from.ts'
import { ReportForm } from './report-form.tsx'

export type GuideQuery = { readonly [name: string]: string | string[] | undefined }

/** @param method null for the one that we recommend */
export async function showGuide(clientId: string, method: SendingMethod | null, query: GuideQuery) {
  const client = findClient(clientId)
  if (client === null) notFound()
  if (method !== null && !canUse(client, method)) return goTo(`/guides/${client.id}`)
  const choice = { method: method ?? recommendedMethod(client), receiving: receivingFrom(query.receive) }
  const [language, settings, reader, evidenceOf] = await Promise.all([
    getLocale(),
    loadConnectionSettings(),
    loadReader(client.id, mailboxFrom(query.mailbox)),
    loadEvidence(),
  ])
  const trialSettings = reader === null ? null : await loadTrialSettings()
  const person = reader?.person ?? null
  const setup = setupOf(client, settings, choice, person)
  return (
    <GuidePage
      setup={setup}
      language={language}
      portalUrl={webEnv().portalUrl}
      evidence={{ ...evidenceOf(client.id), verified: verifiedProgramOf(client.id) }}
      report={reader && <Report mailboxId={reader.mailboxId} clientId={client.id} method={choice.method} />}
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

/** Its words go to those who can report; a visitor's page stays light. */
function Report(props: ComponentProps<typeof ReportForm>) {
  return (
    <ClientMessages of={['clientReport']}>
      <ReportForm {...props} />
    </ClientMessages>
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

/** The data layer decides whether the mailbox is the reader's; here it is only a number. */
function mailboxFrom(value: GuideQuery[string]): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}
