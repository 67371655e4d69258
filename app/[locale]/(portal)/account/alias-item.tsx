'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { AddressText } from '#components/mail/address-text.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { AliasView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import { removeAliasAction } from './actions.ts'

/** One further address, and a button to give it up that asks first. */
export function AliasItem({ alias, quarantineDays }: { alias: AliasView; quarantineDays: number }) {
  const t = useTranslations('account.alias')
  const [state, action] = useActionState(removeAliasAction, idle)
  const { address, mailboxId } = alias
  return (
    <li className="py-2">
      <span className="typed text-std-18B-160">
        <AddressText address={address} />
      </span>
      <Disclosure
        summary={
          <>
            <span aria-hidden>{t('remove')}</span>
            <span className="sr-only">{t('removeOf', { address })}</span>
          </>
        }
      >
        <form action={action} className="space-y-3 pb-3">
          <ActionMessage state={state} />
          <p className="break-words">{t('removeAsk', { address, days: quarantineDays })}</p>
          <input type="hidden" name="mailboxId" value={mailboxId} />
          <input type="hidden" name="address" value={address} />
          <SubmitButton tone="danger">{t('removeSure')}</SubmitButton>
        </form>
      </Disclosure>
    </li>
  )
}
