'use client'

import { useFormatter, useNow, useTranslations } from 'next-intl'
import { Notice } from '#components/ui/notice.tsx'
import type { WindowMeter } from '#lib/activity/read-window-meter.ts'
import { useLive } from '#lib/swr/use-live.ts'

type RelayWindowMeterProps = {
  readonly mailboxId: number
  readonly initial: WindowMeter
  readonly readerAddress: string
}

const REFRESH_MS = 2_000
const TICK_MS = 1_000

/** Until when which address may send, to the second, and why the last attempt was refused; moves while the reader looks. */
export function RelayWindowMeter({ mailboxId, initial, readerAddress }: RelayWindowMeterProps) {
  const t = useTranslations('home.window')
  const reasons = useTranslations('events.reason')
  const format = useFormatter()
  const now = useNow({ updateInterval: TICK_MS })
  const meter = useLive('/api/relay-windows', initial, REFRESH_MS)
  const open = meter.windows.filter((window) => window.mailboxId === mailboxId && new Date(window.expiresAt) > now)
  const refusal = meter.refusals.find((one) => one.mailboxId === mailboxId)
  const time = (iso: string) => format.dateTime(new Date(iso), { timeStyle: 'medium' })
  return (
    <div aria-live="polite" className="mt-4 space-y-3">
      {open.length === 0 ? (
        <Notice tone="warning" title={t('closed')}>
          <p>{t('closedHelp')}</p>
        </Notice>
      ) : null}
      {open.map(({ address, expiresAt }) => (
        <Notice
          key={address}
          tone="success"
          title={
            <>
              {t('open', { time: time(expiresAt) })}
              {/* Not read aloud: it would be, every second. */}
              <span aria-hidden>{t('left', secondsLeft(expiresAt, now))}</span>
            </>
          }
        >
          <p>
            {t('from', { address })}
            {address === readerAddress ? t('yours') : null}
          </p>
        </Notice>
      ))}
      {refusal ? (
        <Notice tone="danger" title={t('refused', { time: time(refusal.at), address: refusal.address })}>
          <p>{reasons(`${refusal.reason}.what`)}</p>
          <p>{reasons(`${refusal.reason}.todo`)}</p>
        </Notice>
      ) : null}
    </div>
  )
}

function secondsLeft(expiresAt: string, now: Date): { minutes: number; seconds: number } {
  const all = Math.max(0, Math.ceil((Date.parse(expiresAt) - now.getTime()) / 1_000))
  return { minutes: Math.floor(all / 60), seconds: all % 60 }
}
