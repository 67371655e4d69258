import { useTranslations } from 'next-intl'
import type { FormState } from '#components/form/field-state.ts'
import { TextField } from '#components/form/text-field.tsx'

/** Whose mailbox, and what the agent read out. */
export function CodeFields({ state, example }: { state: FormState; example: string }) {
  const t = useTranslations('setup')
  return (
    <>
      <TextField
        state={state}
        name="address"
        label={t('address')}
        hint={t('addressHint', { example })}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <TextField
        state={state}
        name="code"
        label={t('code')}
        hint={t('codeHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        required
      />
    </>
  )
}
