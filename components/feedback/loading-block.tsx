import { LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'

export function LoadingBlock() {
  const t = useTranslations('loading')
  return (
    <p role="status" className="flex items-center gap-3 py-16 text-ink-muted">
      <LoaderCircle aria-hidden className="size-6 animate-spin text-primary" />
      {t('text')}
    </p>
  )
}
