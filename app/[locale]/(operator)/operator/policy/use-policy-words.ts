import { useTranslations } from 'next-intl'
import { type PolicyWords, policyWords } from '#lib/policy/policy-words.ts'

export function usePolicyWords(): PolicyWords {
  const t = useTranslations('policy')
  return policyWords((key, values) => (t.has(key as never) ? t(key as never, values as never) : null))
}
