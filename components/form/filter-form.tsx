import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'

type FilterFormProps = {
  /** how the fields share the width */
  readonly className: string
  /** what the button says */
  readonly apply: string
  readonly children: ReactNode
}

/** A plain GET form: the address of the page says what is shown, and it works without JavaScript. */
export function FilterForm({ className, apply, children }: FilterFormProps) {
  return (
    <form className={`mb-6 grid items-end gap-4 rounded-12 border border-line bg-surface p-4 sm:p-5 ${className}`}>
      {children}
      <Button type="submit" tone="secondary">
        {apply}
      </Button>
    </form>
  )
}
