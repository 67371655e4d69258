import { useFormatter, useTranslations } from 'next-intl'
import type { Action, Condition, Recipe } from '#lib/recipes/recipe.ts'

/** A recipe as one sentence: what the closed card of it says. */
export function useRecipeSentence(): (recipe: Recipe) => string {
  const t = useTranslations('recipes.sentence')
  const format = useFormatter()
  const day = (date: string) => format.dateTime(new Date(`${date}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })

  function ofCondition(condition: Condition): string {
    switch (condition.kind) {
      case 'attachment':
      case 'list':
      case 'spam':
        return t(`condition.${condition.kind}`)
      case 'size':
        return t(`condition.${condition.operator}`, { size: condition.kilobytes })
      case 'timeOfDay':
        return t('condition.timeOfDay', { from: condition.from, until: condition.until })
      default: {
        const field = condition.kind === 'header' ? condition.name : t(`field.${condition.kind}`)
        return t(`condition.${condition.operator}`, { field, text: condition.text })
      }
    }
  }

  function ofAction(action: Action): string {
    switch (action.kind) {
      case 'move':
        return t('action.move', { folder: action.folder })
      case 'mark':
        return t(`action.${action.as}`)
      case 'forward':
        return t(action.keepsCopy ? 'action.forwardWithCopy' : 'action.forward', { address: action.address })
      case 'answer':
        return t('action.answer', { firstDay: day(action.firstDay), lastDay: day(action.lastDay) })
      case 'refuse':
        return t('action.refuse')
      case 'deleteAfter':
        return t('action.deleteAfter', { days: action.days })
    }
  }

  return ({ match, conditions, actions }) => {
    const what =
      conditions.length === 0 ? t('everything') : conditions.map(ofCondition).join(t(match === 'all' ? 'and' : 'or'))
    return t('whole', { what, todo: actions.map(ofAction).join(t('then')) })
  }
}
