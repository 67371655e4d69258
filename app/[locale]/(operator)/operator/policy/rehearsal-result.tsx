import { useTranslations } from 'next-intl'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { RehearsalView } from '#lib/policy/rehearse-policy.ts'

/** The last 24 hours under a draft: by stage, by reason and by mailbox. */
export function RehearsalResult({ rehearsal }: { rehearsal: RehearsalView }) {
  const t = useTranslations('policy.rehearsal')
  const reasons = useTranslations('events.reason')
  const { stages, reasons: changedReasons, mailboxes, notAsked, isCut } = rehearsal
  const said = (reason: string) =>
    reasons.has(`${reason}.what` as never) ? reasons(`${reason}.what` as never) : reason
  const total = changedReasons.reduce((sum, { refused, admitted }) => sum + refused + admitted, 0)
  if (stages.every(({ asked }) => asked === 0)) {
    return <Notice tone="info" role="status" title={t('nothing')} />
  }
  return (
    <div role="status" className="space-y-4">
      <Notice tone={total === 0 ? 'success' : 'warning'} title={total === 0 ? t('same') : t('changed', { total })}>
        {isCut ? <p>{t('isCut')}</p> : null}
      </Notice>
      <DataTable caption={t('byStage')} head={[t('stageHead'), t('asked'), t('refused'), t('admitted')]}>
        {stages.map(({ stage, asked, refused, admitted }) => (
          <tr key={stage}>
            <Cell>{t(`stage.${stage}`)}</Cell>
            <Cell>{asked}</Cell>
            <Cell>{refused}</Cell>
            <Cell>{admitted}</Cell>
          </tr>
        ))}
      </DataTable>
      {total === 0 ? null : (
        <>
          <DataTable caption={t('byReason')} head={[t('reason'), t('refused'), t('admitted')]}>
            {changedReasons.map(({ reason, refused, admitted }) => (
              <tr key={reason}>
                <Cell>{said(reason)}</Cell>
                <Cell>{refused}</Cell>
                <Cell>{admitted}</Cell>
              </tr>
            ))}
          </DataTable>
          <DataTable caption={t('byMailbox')} head={[t('mailbox'), t('clients'), t('refused'), t('admitted')]}>
            {mailboxes.map(({ address, clients, refused, admitted }) => (
              <tr key={address ?? ''}>
                <Cell className="break-all">{address ?? t('nobody')}</Cell>
                <Cell>{clients.join(', ') || '—'}</Cell>
                <Cell>{refused}</Cell>
                <Cell>{admitted}</Cell>
              </tr>
            ))}
          </DataTable>
        </>
      )}
      <Disclosure summary={t('limits')}>
        <p>{t('limitsText')}</p>
        <ul className="mt-2 list-disc pl-6">
          {notAsked.map(({ reason, count }) => (
            <li key={reason}>{t('notAsked', { reason: said(reason), count })}</li>
          ))}
        </ul>
      </Disclosure>
    </div>
  )
}
