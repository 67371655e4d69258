'use client'

import { useEffect } from 'react'
import { useSWRConfig } from 'swr'
import type { ActionState } from '#lib/http/action-state.ts'

/** Live data that an action has changed is asked for again at once, not at the next turn of the clock. */
export function useReloadAfter(state: ActionState<unknown>, path: string): void {
  const { mutate } = useSWRConfig()
  useEffect(() => {
    if (state.status !== 'idle') void mutate(path)
  }, [state, path, mutate])
}
