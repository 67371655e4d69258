'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { OldHostService, OldHostWave } from '#lib/policy/old-host-rules.ts'
import { removeWaveAction } from './actions.ts'

const tones = { all: 'good', receiveOnly: 'waiting', refused: 'bad' } as const satisfies Record<OldHostService, string>

export function WaveList({ version, waves }: { version: number; waves: readonly OldHostWave[] }) {
  const t = useTranslations('move.waves')
  const format = useFormatter()
  if (waves.length === 0) return <p className="mb-6">{t('none')}</p>
  return (
    <ol className="mb-6 space-y-4">
      {waves.map(({ from, domains, percent, service }, index) => (
        <li key={`${from} ${service} ${percent} ${domains.join()}`} className="rounded-8 border border-line p-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="text-std-16B-170">
              {t('from', {
                time: format.dateTime(new Date(from), {
                  dateStyle: 'long',
                  timeStyle: 'short',
                  timeZone: 'Asia/Tokyo',
                }),
              })}
            </span>
            <StatusBadge tone={tones[service]}>{t(`service.${service}`)}</StatusBadge>
          </div>
          <p>{t('whom', { domains: domains.length === 0 ? t('everyDomain') : domains.join('、'), percent })}</p>
          <Disclosure summary={t('remove')}>
            <RemoveForm version={version} index={index} />
          </Disclosure>
        </li>
      ))}
    </ol>
  )
}

function RemoveForm({ version, index }: { version: number; index: number }) {
  const t = useTranslations('move.waves')
  const [state, action] = useActionState(removeWaveAction, idle)
  return (
    <form action={action} className="space-y-4">
      <ActionMessage state={state} />
      <input type="hidden" name="basedOn" value={version} />
      <input type="hidden" name="index" value={index} />
      <TextField state={state} name="note" label={t('note')} maxLength={200} required />
      <SubmitButton tone="danger">{t('remove')}</SubmitButton>
    </form>
  )
}
