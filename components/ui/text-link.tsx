import type { ComponentProps } from 'react'
import { Link } from '#lib/i18n/navigation.ts'
import { classNames } from './class-names.ts'

export const textLinkClass =
  'text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong hover:decoration-2'

/** A link within text. `standalone` gives it the height of a finger. */
export function TextLink({ className, standalone, ...rest }: ComponentProps<typeof Link> & { standalone?: boolean }) {
  return (
    <Link
      className={classNames(textLinkClass, standalone && 'inline-flex min-h-11 items-center gap-1.5', className)}
      {...rest}
    />
  )
}
