'use client'

import useSWR from 'swr'

async function fetchJson<Data>(path: string): Promise<Data> {
  const response = await fetch(path, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as Data
}

/** SWR's own; it takes what was asked for within it for an answer, so it must be shorter than the clock's turn. */
const DEDUPE_MS = 2_000

/** Data of one of our own routes that moves while the reader looks; what the server rendered stands until then. */
export function useLive<Data>(path: string, initial: Data, refreshMs: number): Data {
  const { data } = useSWR<Data>(path, fetchJson, {
    fallbackData: initial,
    refreshInterval: refreshMs,
    dedupingInterval: Math.min(DEDUPE_MS, refreshMs / 2),
    revalidateOnMount: false,
    keepPreviousData: true,
  })
  return data ?? initial
}
