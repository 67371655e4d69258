'use client'

import { useSyncExternalStore } from 'react'

function watchHash(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** What stands behind "#", which no server sees; null until the browser has looked. */
export function useLocationHash(): string | null {
  return useSyncExternalStore(
    watchHash,
    () => window.location.hash.slice(1),
    () => null,
  )
}
