'use client'

import { LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from '#components/ui/button.tsx'

/** Says that it is at work, and cannot be pressed twice meanwhile. */
export function SubmitButton({ children, ...rest }: ComponentProps<typeof Button>) {
  const t = useTranslations('forms')
  const { pending } = useFormStatus()
  return (
    <Button type="submit" disabled={pending} {...rest}>
      {pending ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : null}
      {pending ? t('working') : children}
    </Button>
  )
}
