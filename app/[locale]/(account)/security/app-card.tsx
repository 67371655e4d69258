import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { AppState } from '#lib/second-step/authenticator-app.ts'
import { BeginAppForm, ConfirmAppForm, RemoveAppForm } from './app-forms.tsx'

export function AppCard({ state, canChange }: { state: AppState; canChange: boolean }) {
  const t = useTranslations('security.app')
  const isOn = state.status === 'on'
  const badge = <StatusBadge tone={isOn ? 'good' : 'off'}>{isOn ? t('on') : t('off')}</StatusBadge>
  return (
    <Card title={t('title')} titleId="app" lead={t('lead')} actions={badge}>
      {canChange && state.status === 'off' ? <BeginAppForm /> : null}
      {canChange && isOn ? <RemoveAppForm /> : null}
      {canChange && state.status === 'begun' ? (
        <div className="space-y-5">
          <p>{t('scan')}</p>
          <QrCode text={state.uri} label={t('code')} />
          <p>{t('byHand')}</p>
          <p className="typed break-words" translate="no">
            {state.key}
          </p>
          <ConfirmAppForm />
        </div>
      ) : null}
    </Card>
  )
}
