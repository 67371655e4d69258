import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { type ApiTokenView, listApiTokens } from '#lib/api-tokens/manage-tokens.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { CreateForm } from './create-form.tsx'
import { TokenCard } from './token-card.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('apiTokens')
  return { title: t('title') }
}

export default async function ApiTokensPage() {
  const { actor } = await requireSession('apiToken.read', '/operator/api')
  const [t, tokens] = await Promise.all([getTranslations('apiTokens'), listApiTokens(actor)])
  const now = Date.now()
  const stateOf = ({ revokedAt, expiresAt }: ApiTokenView) => {
    if (revokedAt !== null) return 'revoked'
    return expiresAt.getTime() <= now ? 'expired' : 'usable'
  }
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <TextLink standalone href="/api-reference">
          {t('reference')}
        </TextLink>
      </PageHeading>
      <Card titleId="create" title={t('createTitle')} className="mb-8">
        <CreateForm />
      </Card>
      <h2 className="mb-4 text-std-22B-150">{t('listTitle')}</h2>
      {tokens.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('empty.title')}>
          <p>{t('empty.body')}</p>
        </EmptyState>
      ) : (
        <ul className="space-y-4">
          {tokens.map((token) => (
            <TokenCard key={token.id} token={token} state={stateOf(token)} />
          ))}
        </ul>
      )}
    </>
  )
}
