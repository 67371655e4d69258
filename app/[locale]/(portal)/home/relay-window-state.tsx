'use client'

import { useFormatter, useNow, useTranslations } from 'next-intl'
import { Notice } from '#components/ui/notice.tsx'
import type { RelayWindowView } from '#lib/activity/list-relay-windows.ts'
import { useLive } from '#lib/swr/use-live.ts'

type RelayWindowStateProps = {
  readonly mailboxId: number
  readonly initial: readonly RelayWindowView[]
  readonly readerAddress: string
}

const REFRESH_MS = 4_000

/** Until when which address may send; moves while the reader looks. */
export function RelayWindowState({ mailboxId, initial, readerAddress }: RelayWindowStateProps) {
  const t = useTranslations('home.window')
  const format = useFormatter()
  const now = useNow({ updateInterval: REFRESH_MS })
  const windows = useLive<readonly RelayWindowView[]>('/api/relay-windows', initial, REFRESH_MS)
  const open = windows.filter((window) => window.mailboxId === mailboxId && new Date(window.expiresAt) > now)
  const time = (iso: string) => format.dateTime(new Date(iso), { hour: 'numeric', minute: '2-digit' })
  return (
    <div aria-live="polite" className="mt-4 space-y-3">
      {open.length === 0 ? (
        <Notice tone="warning" title={t('closed')}>
          <p>{t('closedHelp')}</p>
        </Notice>
      ) : null}
      {open.map(({ address, expiresAt }) => (
        <Notice key={address} tone="success" title={t('open', { time: time(expiresAt) })}>
          <p>
            {t('from', { address })}
            {address === readerAddress ? t('yours') : null}
          </p>
        </Notice>
      ))}
    </div>
  )
}
