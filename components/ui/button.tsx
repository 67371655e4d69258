import type { ComponentProps } from 'react'
import { Link } from '#lib/i18n/navigation.ts'
import { classNames } from './class-names.ts'

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger'

const shape =
  'inline-flex min-h-12 cursor-pointer items-center justify-center gap-2 rounded-8 border px-5 py-2.5 text-center text-std-16B-170 no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-60'

const tones: Record<ButtonTone, string> = {
  primary:
    'border-primary bg-primary text-on-primary hover:border-primary-strong hover:bg-primary-strong active:border-primary-strong',
  secondary: 'border-primary bg-surface text-primary hover:bg-primary-soft hover:text-primary-strong',
  quiet: 'border-transparent bg-transparent text-primary underline underline-offset-4 hover:bg-primary-soft',
  danger: 'border-danger bg-danger text-on-danger hover:border-danger-strong hover:bg-danger-strong',
}

export function buttonClass(tone: ButtonTone = 'primary', extra?: string): string {
  return classNames(shape, tones[tone], extra)
}

export function Button({
  tone,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { tone?: ButtonTone }) {
  return <button type={type} className={buttonClass(tone, className)} {...rest} />
}

export function ButtonLink({ tone, className, ...rest }: ComponentProps<typeof Link> & { tone?: ButtonTone }) {
  return <Link className={buttonClass(tone, className)} {...rest} />
}
