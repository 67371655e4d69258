import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/text-link.tsx'

/** Only where there are several: each is asked for by itself, because each is many questions to DNS. */
export function DomainChoice({ domain, domains }: { domain: string; domains: readonly string[] }) {
  const t = useTranslations('dns')
  if (domains.length === 1) return null
  return (
    <nav aria-label={t('domains')} className="screen-only mb-6 flex flex-wrap gap-x-6">
      {domains.map((one) => (
        <TextLink
          key={one}
          standalone
          href={`/operator/dns?domain=${one}`}
          aria-current={one === domain ? 'page' : undefined}
          className="break-all aria-[current=page]:font-700"
        >
          {one}
        </TextLink>
      ))}
    </nav>
  )
}
