'use client'

import { startTransition, useEffect } from 'react'

type TimeZoneTellerProps = {
  /** the zone of the times that the server has written */
  readonly written: string
  readonly tell: (form: FormData) => Promise<void>
}

/** Told once: a browser that keeps no cookies would be asked again at each page. */
let told = ''

/** Tells the server where the reader is, when it wrote the times of somewhere else: the page comes again with theirs. */
export function TimeZoneTeller({ written, tell }: TimeZoneTellerProps) {
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (!own || own === written || own === told) return
    told = own
    const form = new FormData()
    form.set('timeZone', own)
    startTransition(() => tell(form))
  }, [written, tell])
  return null
}
