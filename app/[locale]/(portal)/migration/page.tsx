import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { readOwnMigrations } from '#lib/migration/own-migration.ts'
import { OwnMigrationBoard } from './own-migration-board.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('migration.own')
  return { title: t('title') }
}

export default async function OwnMigrationPage() {
  const { actor } = await requireSession('ownMigration.read', '/migration')
  const [t, migrations] = await Promise.all([getTranslations('migration.own'), readOwnMigrations(actor)])
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      <OwnMigrationBoard initial={migrations} />
    </>
  )
}
