'use client'

import { useEffect, useRef } from 'react'

/** The token of a link, which stands behind "#": it reaches no log and no other page. */
export function HashTokenField() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current) field.current.value = window.location.hash.slice(1)
  }, [])
  return <input ref={field} type="hidden" name="token" />
}
