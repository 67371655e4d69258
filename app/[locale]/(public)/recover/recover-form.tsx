'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { idle } from '#lib/http/action-state.ts'
import { recoveryChannels } from '#lib/recovery/recovery-channels.ts'
import { askForRecoveryAction } from './actions.ts'

/** The answer is the same whether anybody has this address or not. */
export function RecoverForm({ example }: { example: string }) {
  const t = useTranslations('recover')
  const [state, action] = useActionState(askForRecoveryAction, idle)
  if (state.status === 'done') {
    const { channel } = state.result
    return (
      <DoneNotice of={state} title={t(`asked.${channel}`)}>
        <p>{t('asked.nothing')}</p>
        {channel === 'phone' ? (
          <TextLink standalone href="/setup">
            {t('asked.toCode')}
          </TextLink>
        ) : null}
      </DoneNotice>
    )
  }
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <TextField
        state={state}
        name="login"
        label={t('login')}
        hint={t('loginHint', { example })}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={320}
        required
      />
      <SelectField
        state={state}
        name="channel"
        label={t('channel')}
        options={recoveryChannels.map((value) => ({ value, label: t(`channelChoice.${value}`) }))}
      />
      <SubmitButton className="w-full">{t('submit')}</SubmitButton>
    </form>
  )
}
