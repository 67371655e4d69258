import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A table that scrolls inside its own frame on a narrow screen; the frame can be reached by keyboard. */
export function DataTable({
  caption,
  head,
  children,
  className,
}: {
  caption: string
  head: readonly ReactNode[]
  children: ReactNode
  className?: string
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label={caption} tabIndex={0} className={classNames('overflow-x-auto', className)}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b-2 border-line-strong">
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table never move
              <th key={index} scope="col" className="px-3 py-2.5 align-bottom text-std-16B-170 whitespace-nowrap">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  )
}

export function Cell({ children, className }: { children?: ReactNode; className?: string }) {
  return <td className={classNames('px-3 py-3 align-top [overflow-wrap:break-word]', className)}>{children}</td>
}
