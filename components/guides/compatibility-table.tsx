// biome-ignore-all lint/a11y/noRedundantRoles: a table whose rows are laid out as cards loses its roles in some browsers
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { findClient, safeSuccessorOf } from '#lib/guides/catalogue.ts'
import type { Client } from '#lib/guides/client.ts'
import { compatibilityTexts } from '#lib/guides/compatibility-texts.ts'
import type { ConnectionSettings } from '#lib/guides/connection-settings.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'
import { type Reachability, reachability, recommendedMethod } from '#lib/guides/methods.ts'
import { type NoticeRow, noticeRows } from '#lib/guides/notice-table.ts'
import { CompatibilityMark } from './compatibility-mark.tsx'

type TableProps = {
  readonly platform: NoticeRow['platform']
  readonly settings: ConnectionSettings
  readonly language: Language
}

/**
 * The rows of one platform, in the notice's order. On a phone every row is a card: the roles keep it a table for
 * those who listen to it, because browsers forget the meaning of a table that is laid out differently.
 */
export function CompatibilityTable({ platform, settings, language }: TableProps) {
  const t = compatibilityTexts[language]
  const columns = [t.client, t.mark, t.today]
  return (
    <section aria-labelledby={platform} className="mb-12">
      <h2 id={platform} className="mb-4 text-std-24B-150">
        {platform}
      </h2>
      <table
        role="table"
        aria-label={t.caption(platform)}
        className="block w-full border-collapse text-left md:table print:table"
      >
        <thead
          role="rowgroup"
          className="sr-only md:not-sr-only md:table-header-group print:not-sr-only print:table-header-group"
        >
          <tr role="row" className="border-b-2 border-line-strong">
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col" className="px-3 py-2.5 align-bottom">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block space-y-3 md:table-row-group print:table-row-group">
          {noticeRows
            .filter((row) => row.platform === platform)
            .map((row) => (
              <Row key={row.clientId} row={row} settings={settings} language={language} />
            ))}
        </tbody>
      </table>
    </section>
  )
}

const cell =
  'block py-1 md:table-cell md:px-3 md:py-3 md:align-top print:table-cell print:px-3 print:py-2 print:align-top'

function Row({ row, settings, language }: { row: NoticeRow; settings: ConnectionSettings; language: Language }) {
  const t = compatibilityTexts[language]
  const client = findClient(row.clientId)
  if (client === null) return null
  return (
    <tr
      role="row"
      id={row.clientId}
      className="block rounded-12 border border-line bg-surface p-4 md:table-row md:rounded-none md:border-x-0 md:border-t-0 md:bg-transparent print:table-row"
    >
      <th role="rowheader" scope="row" className={`${cell} text-std-17B-170 font-700 md:w-[36%]`}>
        <span data-notice-name translate="no" lang="ja">
          {row.name}
        </span>
        <span className="screen-only block font-400">
          <TextLink
            standalone
            prefetch={false}
            href={`/guides/${client.id}`}
            aria-label={`${t.openGuide}: ${client.name[language]}`}
          >
            {t.openGuide}
          </TextLink>
        </span>
      </th>
      <td role="cell" className={`${cell} md:w-[32%]`}>
        <Caption>{t.mark}</Caption>
        <CompatibilityMark row={row} language={language} />
      </td>
      <td role="cell" className={cell}>
        <Caption>{t.today}</Caption>
        <Today client={client} settings={settings} language={language} />
      </td>
    </tr>
  )
}

/** The column's name again, inside the card of a phone; the column header says it to those who listen. */
function Caption({ children }: { children: string }) {
  return (
    <span aria-hidden className="mb-1 block text-ink-muted md:hidden print:hidden">
      {children}
    </span>
  )
}

function Today({ client, settings, language }: { client: Client; settings: ConnectionSettings; language: Language }) {
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
