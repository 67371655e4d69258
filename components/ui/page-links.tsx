import { useTranslations } from 'next-intl'
import { TextLink } from './text-link.tsx'

type PageLinksProps = {
  /** of the list, with its question mark */
  readonly path: string
  readonly page: number
  readonly hasMore: boolean
}

/** To the page before and after, of a list that is too long for one. */
export function PageLinks({ path, page, hasMore }: PageLinksProps) {
  const t = useTranslations('pages')
  if (page === 1 && !hasMore) return null
  return (
    <nav aria-label={t('label', { page })} className="flex flex-wrap gap-x-6">
      {page > 1 ? (
        <TextLink standalone href={`${path}&page=${page - 1}`}>
          {t('previous')}
        </TextLink>
      ) : null}
      {hasMore ? (
        <TextLink standalone href={`${path}&page=${page + 1}`}>
          {t('next')}
        </TextLink>
      ) : null}
    </nav>
  )
}
