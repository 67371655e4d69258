// biome-ignore-all lint/a11y/noRedundantRoles: a table whose rows are laid out as cards loses its roles in some browsers
import type { ReactNode } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import type { Client } from '#lib/guides/client.ts'
import { compatibilityTexts } from '#lib/guides/compatibility-texts.ts'

type ClientTableProps = {
  readonly id: string
  readonly title: string
  readonly lead?: string
  readonly caption: string
  readonly columns: readonly string[]
  readonly children: ReactNode
}

/**
 * A table of mail programs. On a phone every row is a card: the roles keep it a table for those who listen to it,
 * because browsers forget the meaning of a table that is laid out differently.
 */
export function ClientTable({ id, title, lead, caption, columns, children }: ClientTableProps) {
  return (
    <section aria-labelledby={id} className="mb-12">
      <h2 id={id} className="mb-4 text-std-24B-150">
        {title}
      </h2>
      {lead ? <p className="-mt-2 mb-4 max-w-[46rem] text-ink-muted">{lead}</p> : null}
      <table role="table" aria-label={caption} className="block w-full border-collapse text-left md:table print:table">
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
          {children}
        </tbody>
      </table>
    </section>
  )
}

const cell =
  'block py-1 md:table-cell md:px-3 md:py-3 md:align-top print:table-cell print:px-3 print:py-2 print:align-top'

export function ClientRow({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <tr
      role="row"
      id={id}
      className="block rounded-12 border border-line bg-surface p-4 md:table-row md:rounded-none md:border-x-0 md:border-t-0 md:bg-transparent print:table-row"
    >
      {children}
    </tr>
  )
}

/** @param client null where there is no guide to lead to */
export function ClientHead({
  client,
  language,
  children,
}: {
  readonly client: Client | null
  readonly language: Language
  readonly children: ReactNode
}) {
  const { openGuide } = compatibilityTexts[language]
  return (
    <th role="rowheader" scope="row" className={`${cell} text-std-17B-170 font-700 md:w-[28%]`}>
      {children}
      {client === null ? null : (
        <span className="screen-only block font-400">
          <TextLink
            standalone
            prefetch={false}
            href={`/guides/${client.id}`}
            aria-label={`${openGuide}: ${client.name[language]}`}
          >
            {openGuide}
          </TextLink>
        </span>
      )}
    </th>
  )
}

type ClientCellProps = {
  readonly caption: string
  /** fits beside its caption on a phone */
  readonly isShort?: boolean
  readonly children: ReactNode
}

/** @param caption the column's name again, inside the card of a phone; the column header says it to those who listen */
export function ClientCell({ caption, isShort, children }: ClientCellProps) {
  const beside = 'min-[22rem]:max-md:grid min-[22rem]:max-md:grid-cols-[8.5rem_1fr] min-[22rem]:max-md:gap-x-3'
  return (
    <td role="cell" className={classNames(cell, isShort && beside)}>
      <span aria-hidden className="mb-1 block text-ink-muted md:hidden print:hidden">
        {caption}
      </span>
      <div>{children}</div>
    </td>
  )
}
