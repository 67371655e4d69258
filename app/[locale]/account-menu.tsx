import { LogIn, LogOut, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Link } from '#lib/i18n/navigation.ts'
import { signOutAction } from './sign-out-action.ts'

const style =
  'inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-8 px-2.5 text-std-16N-170 hover:bg-primary-soft hover:text-primary'

/** Who is signed in, and the way out; or the way in. */
export function AccountMenu({ name }: { name: string | null }) {
  const t = useTranslations('layout')
  if (name === null) {
    return (
      <Link href="/sign-in" className={style}>
        <LogIn aria-hidden className="size-5" />
        {t('signIn')}
      </Link>
    )
  }
  return (
    <>
      <span className="hidden min-h-11 items-center gap-1.5 px-2.5 sm:inline-flex">
        <UserRound aria-hidden className="size-5 text-ink-muted" />
        {t('signedInAs', { name })}
      </span>
      <form action={signOutAction}>
        <button type="submit" className={style}>
          <LogOut aria-hidden className="size-5" />
          {t('signOut')}
        </button>
      </form>
    </>
  )
}
