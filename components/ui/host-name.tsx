import { classNames } from './class-names.ts'

/** A host name, never broken across lines; `struck` for one that is gone. */
export function HostName({ children, struck, className }: { children: string; struck?: boolean; className?: string }) {
  const style = classNames('typed whitespace-nowrap font-700', className)
  return struck ? (
    <del className={classNames(style, 'text-ink-muted decoration-2')}>{children}</del>
  ) : (
    <span translate="no" className={style}>
      {children}
    </span>
  )
}
