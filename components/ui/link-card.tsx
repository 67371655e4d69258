import { ChevronRight, type LucideIcon } from 'lucide-react'
import { Link } from '#lib/i18n/navigation.ts'

type LinkCardProps = {
  readonly href: string
  readonly icon: LucideIcon
  readonly title: string
  readonly body: string
  /** a file rather than a page */
  readonly download?: boolean
}

const style =
  'group flex h-full gap-4 rounded-12 border border-line bg-surface p-5 text-ink no-underline transition-colors hover:border-primary hover:bg-primary-soft'

/** A whole card that leads somewhere. */
export function LinkCard({ href, icon: Icon, title, body, download }: LinkCardProps) {
  const content = (
    <>
      <Icon aria-hidden className="mt-1 size-7 shrink-0 text-primary" strokeWidth={1.5} />
      <span className="min-w-0 flex-1">
        <span className="phrases block text-std-18B-160 text-primary group-hover:underline">{title}</span>
        <span className="mt-1 block">{body}</span>
      </span>
      <ChevronRight aria-hidden className="mt-1.5 size-5 shrink-0 text-primary" />
    </>
  )
  return download ? (
    <a href={href} download className={style}>
      {content}
    </a>
  ) : (
    <Link href={href} className={style}>
      {content}
    </Link>
  )
}
