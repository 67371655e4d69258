import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { inputClass } from './field-frame.tsx'

/** The browser's own list to choose from, with an arrow that keeps its distance from the border. */
export function Select(props: Omit<ComponentProps<'select'>, 'className'>) {
  return (
    <div className="relative">
      <select {...props} className={classNames(inputClass, 'appearance-none truncate pr-11')} />
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3.5 size-5 -translate-y-1/2" />
    </div>
  )
}
