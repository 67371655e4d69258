import { useFormatter, useTranslations } from 'next-intl'
import type { ChangeView } from '#lib/activity/list-changes.ts'

/** What was changed in the settings, by the subscriber or by our staff. */
export function ChangeList({ changes }: { changes: readonly ChangeView[] }) {
  const t = useTranslations('activity.changes')
  const format = useFormatter()
  return (
    <section aria-labelledby="changes" className="mt-12">
      <h2 id="changes" className="text-std-20B-160">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{changes.length === 0 ? t('empty') : t('lead')}</p>
      {changes.length === 0 ? null : (
        <ul className="divide-y divide-line rounded-12 border border-line bg-surface px-4 sm:px-6">
          {changes.map(({ id, at, action, by, label, reason }) => (
            <li key={id} className="py-3">
              <p className="flex flex-wrap items-baseline justify-between gap-x-6">
                <span>
                  {t(`action.${actionKey(action)}`)}
                  {label ? t('of', { label }) : null}
                </span>
                <time dateTime={at} className="text-ink-muted">
                  {format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })}
                </time>
              </p>
              <p className="text-ink-muted">
                {t(`by.${by}`)}
                {reason ? t('reason', { reason }) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Message keys have no dots. */
function actionKey(action: ChangeView['action']) {
  return (
    {
      'credential.issue': 'issue',
      'credential.rename': 'rename',
      'credential.revoke': 'revoke',
      'trace.ask': 'askTrace',
      'trace.allow': 'allowTrace',
      'trace.allowByCode': 'allowTraceByCode',
      'trace.showCode': 'showTraceCode',
      'trace.wrongCode': 'wrongTraceCode',
      'trace.refuse': 'refuseTrace',
      'trace.look': 'lookTrace',
      'alias.add': 'addAlias',
      'alias.remove': 'removeAlias',
      'mailbox.rename': 'renameMailbox',
      'mailbox.allowExport': 'allowExport',
      'mailbox.export': 'export',
      'mailbox.requestClosing': 'requestClosing',
      'mailbox.cancelClosing': 'cancelClosing',
      'liveSession.end': 'endSession',
      'recipes.save': 'saveRecipes',
      'recipes.activate': 'activateScript',
      'script.put': 'putScript',
      'script.remove': 'removeScript',
      'script.rename': 'renameScript',
      'forward.withdraw': 'withdrawForward',
      'forward.confirm': 'confirmForward',
      'mailbox.chooseSendingMethod': 'method',
      'mailbox.holdSending': 'hold',
      'mailbox.releaseSending': 'release',
      'customer.open': 'open',
      'contact.change': 'contact',
      'setUpCode.issue': 'issueCode',
      'setUpCode.use': 'useCode',
      'move.callNote': 'callNote',
      'helper.invite': 'inviteHelper',
      'helper.withdraw': 'withdrawHelper',
      'helper.setUp': 'helperSetUp',
      'portalPassword.set': 'portalPassword',
      'inheritedPassword.takeUp': 'takeUpPassword',
      'mailbox.revokeCredentials': 'revokeAll',
      'mailbox.endSessions': 'endSessions',
      'mailbox.closeRelayWindows': 'closeWindows',
      'mailbox.suspend': 'suspend',
      'mailbox.resume': 'resume',
      'passkey.add': 'addPasskey',
      'passkey.remove': 'removePasskey',
      'authenticatorApp.add': 'addApp',
      'authenticatorApp.remove': 'removeApp',
      'recoveryCodes.issue': 'issueRecoveryCodes',
      'recoveryCode.use': 'useRecoveryCode',
      'recoveryAddress.ask': 'askAddress',
      'recoveryAddress.verify': 'verifyAddress',
      'recoveryAddress.remove': 'removeAddress',
      'recovery.send': 'sendRecovery',
      'secondStep.remove': 'removeSecondStep',
    } as const
  )[action]
}
