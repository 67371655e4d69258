import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import type { Recipe } from '#lib/recipes/recipe.ts'
import { recipeFrom, type TemplateName, templateNames } from './recipe-templates.ts'

/** A new recipe: empty, or one that most people need. */
export function AddRecipe({ today, onAdd }: { today: string; onAdd: (recipe: Recipe) => void }) {
  const t = useTranslations('recipes.template')
  const nameOf = (template: TemplateName) => (template === 'blank' ? t('newName') : t(`name.${template}`))
  const texts = {
    listFolder: t('listFolder'),
    answerSubject: t('answerSubject'),
    answerText: t('answerText'),
  }
  return (
    <section aria-labelledby="add-recipe">
      <h2 id="add-recipe" className="text-std-18B-160">
        {t('title')}
      </h2>
      <div className="mt-3 flex flex-wrap gap-3">
        {templateNames.map((template) => (
          <Button
            key={template}
            tone="secondary"
            onClick={() => onAdd(recipeFrom(template, { ...texts, name: nameOf(template) }, today))}
          >
            <Plus aria-hidden className="size-5" />
            {t(`name.${template}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}
