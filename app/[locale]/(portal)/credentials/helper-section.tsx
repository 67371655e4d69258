'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { SpokenGroups } from '#components/mail/spoken-groups.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { OpenInvitation } from '#lib/set-up-code/invite-helper.ts'
import { inviteHelperAction, withdrawInvitationAction } from './actions.ts'
import type { ShownInvitation } from './shown-invitation.ts'

type HelperSectionProps = { readonly mailboxId: number; readonly invitation: OpenInvitation | null }

/** Somebody else may set up a device: the owner gives them a link, or reads a code to them. */
export function HelperSection({ mailboxId, invitation }: HelperSectionProps) {
  const t = useTranslations('credentials.helper')
  const [state, action] = useActionState(inviteHelperAction, idle)
  return (
    <div className="mt-6">
      {invitation === null ? null : <OpenOne mailboxId={mailboxId} invitation={invitation} />}
      {state.status === 'done' && invitation !== null ? <JustMade invitation={state.result} /> : null}
      <Disclosure summary={t('open')}>
        <form action={action} className="max-w-[46rem] space-y-4">
          <ActionMessage state={state} />
          <p>{t('body')}</p>
          <input type="hidden" name="mailboxId" value={mailboxId} />
          <TextField state={state} name="helper" label={t('name')} hint={t('nameHint')} maxLength={60} required />
          <TextField state={state} name="label" label={t('device')} hint={t('deviceHint')} maxLength={60} required />
          <SubmitButton>{t('submit')}</SubmitButton>
        </form>
      </Disclosure>
    </div>
  )
}

function OpenOne({ mailboxId, invitation }: { mailboxId: number; invitation: OpenInvitation }) {
  const t = useTranslations('credentials.helper')
  const format = useFormatter()
  const [state, action] = useActionState(withdrawInvitationAction, idle)
  const { helper, label, expiresAt } = invitation
  return (
    <Notice tone="warning" title={t('waiting', { helper, label })} className="mb-4">
      <p>{t('until', { time: format.dateTime(expiresAt, { timeStyle: 'short' }) })}</p>
      <form action={action}>
        <ActionMessage state={state} />
        <input type="hidden" name="mailboxId" value={mailboxId} />
        <SubmitButton tone="secondary">{t('withdraw')}</SubmitButton>
      </form>
    </Notice>
  )
}

/** Shown once, as the secret that it is. */
function JustMade({ invitation: { address, groups, url } }: { invitation: ShownInvitation }) {
  const t = useTranslations('credentials.helper')
  return (
    <DoneNotice of={url} title={t('made')} className="mb-4">
      <p>{t('byLink')}</p>
      <p className="flex flex-wrap items-center gap-3">
        <span className="typed min-w-0 break-all">{url}</span>
        <CopyButton value={url} of={t('link')} />
      </p>
      <p className="mt-4">{t('byCode', { address })}</p>
      <p className="typed text-std-18B-160">{new URL(url).host}/setup</p>
      <SpokenGroups groups={groups} />
      <p>{t('once')}</p>
    </DoneNotice>
  )
}
