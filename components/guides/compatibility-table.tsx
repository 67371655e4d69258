import { StatusBadge } from '#components/ui/status-badge.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { findClient, safeSuccessorOf } from '#lib/guides/catalogue.ts'
import type { Client } from '#lib/guides/client.ts'
import { compatibilityTexts, tlsAgeNames } from '#lib/guides/compatibility-texts.ts'
import type { ConnectionSettings } from '#lib/guides/connection-settings.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'
import { type Reachability, reachability, recommendedMethod } from '#lib/guides/methods.ts'
import { type NoticeRow, noticeRows } from '#lib/guides/notice-table.ts'
import { ClientCell, ClientHead, ClientRow, ClientTable } from './client-table.tsx'
import { CompatibilityMark } from './compatibility-mark.tsx'
import { EvidenceLines, type EvidenceOf, hasEvidence } from './evidence-lines.tsx'

type TableProps = {
  readonly platform: NoticeRow['platform']
  readonly settings: ConnectionSettings
  readonly evidenceOf: EvidenceOf
  readonly language: Language
}

/** The rows of one platform, in the notice's order. */
export function CompatibilityTable({ platform, language, ...rest }: TableProps) {
  const t = compatibilityTexts[language]
  return (
    <ClientTable
      id={platform}
      title={platform}
      caption={t.caption(platform)}
      columns={[t.client, t.mark, t.tls, t.today]}
    >
      {noticeRows
        .filter((row) => row.platform === platform)
        .map((row) => (
          <Row key={row.clientId} row={row} language={language} {...rest} />
        ))}
    </ClientTable>
  )
}

type RowProps = Omit<TableProps, 'platform'> & { readonly row: NoticeRow }

function Row({ row, settings, evidenceOf, language }: RowProps) {
  const t = compatibilityTexts[language]
  const client = findClient(row.clientId)
  if (client === null) return null
  const evidence = evidenceOf(client.id)
  return (
    <ClientRow id={client.id}>
      <ClientHead client={client} language={language}>
        <span data-notice-name translate="no" lang="ja">
          {row.name}
        </span>
      </ClientHead>
      <ClientCell caption={t.mark} isShort>
        <CompatibilityMark row={row} language={language} />
      </ClientCell>
      <ClientCell caption={t.tls} isShort>
        <span className="whitespace-nowrap">{tlsAgeNames[client.tls.value ?? 'unknown'][language]}</span>
      </ClientCell>
      <ClientCell caption={t.today}>
        <Today client={client} settings={settings} language={language} />
        {hasEvidence(evidence) ? <EvidenceLines evidence={evidence} language={language} /> : null}
      </ClientCell>
    </ClientRow>
  )
}

type TodayProps = { readonly client: Client; readonly settings: ConnectionSettings; readonly language: Language }

/** Whether it connects safely, and if not, what takes its place. */
export function Today({ client, settings, language }: TodayProps) {
  const t = compatibilityTexts[language]
  const looks = {
    safe: ['good', t.todayYes],
    unencrypted: ['waiting', t.todayUnencrypted],
    no: ['bad', t.todayNo],
    unknown: ['off', t.todayUnknown],
  } as const satisfies Record<Reachability, readonly [string, string]>
  const state = reachability(client, settings, recommendedMethod(client))
  const [tone, words] = looks[state]
  return (
    <>
      <StatusBadge tone={tone}>{words}</StatusBadge>
      {state === 'safe' ? null : (
        <span className="mt-2 block text-ink-muted">
          {t.successor}: <Successor client={client} language={language} />
        </span>
      )}
    </>
  )
}

function Successor({ client, language }: { client: Client; language: Language }) {
  const successor = safeSuccessorOf(client)
  return (
    <TextLink standalone prefetch={false} href={successor ? `/guides/${successor.id}` : '/guides?era=modern'}>
      {successor ? successor.name[language] : guideTexts[language].chooseSuccessor}
    </TextLink>
  )
}
