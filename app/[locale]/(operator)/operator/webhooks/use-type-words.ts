import { useTranslations } from 'next-intl'

/** What a webhook tells of, in words. Message keys have no dots. */
export function useTypeWords() {
  const t = useTranslations('webhooks.type')
  return (type: string) => {
    const key = type.replace('.', '_') as 'policy_save'
    return t.has(key) ? t(key) : type
  }
}
