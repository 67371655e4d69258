'use client'

import { useEffect, useRef } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import type { FormState } from './field-state.ts'

/** Why the form was refused; takes the focus, so that nobody misses it. */
export function ActionMessage({ state }: { state: FormState }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state.status === 'refused') place.current?.focus()
  }, [state])
  if (state.status !== 'refused') return null
  return (
    <div ref={place} tabIndex={-1} className="rounded-8">
      <Notice tone="danger" role="alert" title={state.message} />
    </div>
  )
}
