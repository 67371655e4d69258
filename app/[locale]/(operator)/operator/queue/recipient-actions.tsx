import { useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { QueuedRecipientView } from '#lib/delivery/list-queue.ts'
import { ReasonForm } from './reason-form.tsx'
import { ReleaseForm } from './release-form.tsx'

type RecipientActionsProps = { readonly recipient: QueuedRecipientView; readonly apiPath: string }

/** What changes another person's mail opens first, and asks for a reason; what lets it go is one button. */
export function RecipientActions({ recipient, apiPath }: RecipientActionsProps) {
  const t = useTranslations('queue.recipients')
  const { id, state } = recipient
  const of = <span className="sr-only">{t('of', { recipient: recipient.recipient })}</span>
  return (
    <div className="mt-3 space-y-1 border-t border-line pt-2">
      {state === 'held' || state === 'damaged' ? (
        <ReleaseForm recipientId={id} apiPath={apiPath}>
          {of}
        </ReleaseForm>
      ) : (
        <Disclosure
          summary={
            <>
              {t('hold.open')}
              {of}
            </>
          }
        >
          <ReasonForm verb="hold" recipientId={id} apiPath={apiPath} />
        </Disclosure>
      )}
      <Disclosure
        summary={
          <>
            {t('cancel.open')}
            {of}
          </>
        }
      >
        <ReasonForm verb="cancel" recipientId={id} apiPath={apiPath} />
      </Disclosure>
    </div>
  )
}
