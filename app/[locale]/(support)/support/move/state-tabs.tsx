import { useFormatter, useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import { Link } from '#lib/i18n/navigation.ts'
import { type MoveState, moveStates } from '#lib/move/move-state.ts'

export function StateTabs({ counts, shown }: { counts: Readonly<Record<MoveState, number>>; shown: MoveState }) {
  const t = useTranslations('moveBoard')
  const format = useFormatter()
  return (
    <nav aria-label={t('states')} className="mb-6">
      <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {moveStates.map((state) => (
          <li key={state}>
            <Link
              href={`/support/move?show=${state}`}
              aria-current={state === shown ? 'page' : undefined}
              className={buttonClass(state === shown ? 'primary' : 'secondary', 'w-full flex-col')}
            >
              <span>{t(`state.${state}`)}</span>
              <span className="text-std-22B-150">{format.number(counts[state])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
