import { useFormatter, useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { PortalSignIn } from '#lib/support/read-customer.ts'

/** How the customer signs in to the portal, and what would help them if they could not. */
export function SignInCard({ signIn }: { signIn: PortalSignIn | null }) {
  const t = useTranslations('support.page.signIn')
  const format = useFormatter()
  return (
    <Card title={t('title')} titleId="sign-in">
      {signIn === null ? (
        <p>{t('none')}</p>
      ) : (
        <>
          {signIn.isDisabled ? <StatusBadge tone="bad">{t('disabled')}</StatusBadge> : null}
          <ul className="space-y-1">
            <li>
              {signIn.lastAt === null
                ? t('never')
                : t('lastAt', { at: format.dateTime(signIn.lastAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
            </li>
            <li>{t('authenticatorApp', { state: t(signIn.hasAuthenticatorApp ? 'yes' : 'no') })}</li>
            <li>{t('passkeys', { count: signIn.passkeys })}</li>
            <li>{t('recoveryCodes', { count: signIn.recoveryCodes })}</li>
            <li>{t('recoveryAddress', { state: t(signIn.hasRecoveryAddress ? 'yes' : 'no') })}</li>
          </ul>
        </>
      )}
    </Card>
  )
}
