'use client'

import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState, useId } from 'react'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { problemOf } from '#components/form/field-state.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { Recipe } from '#lib/recipes/recipe.ts'
import { saveRecipesAction } from './actions.ts'
import { AddRecipe } from './add-recipe.tsx'
import { RecipeItem } from './recipe-item.tsx'
import { TestBench } from './test-bench.tsx'
import { useRecipeDrafts } from './use-recipe-drafts.ts'

type RecipeEditorProps = {
  readonly mailboxId: number
  readonly recipes: readonly Recipe[]
  /** the version that is edited, so that two windows do not undo each other's work */
  readonly basedOn: number
  readonly folders: readonly string[]
  readonly today: string
}

/** All recipes of a mailbox, in their order. Nothing counts before it is saved. */
export function RecipeEditor({ mailboxId, recipes, basedOn, folders, today }: RecipeEditorProps) {
  const folderListId = useId()
  const [state, save] = useActionState(saveRecipesAction, idle)
  const { drafts, edited, isAsSaved, added, announcement, ...change } = useRecipeDrafts(recipes, basedOn)
  const wasSavedHere = state.status === 'done' && state.result.version === basedOn && isAsSaved
  const hasSomething = drafts.length > 0 || recipes.length > 0
  return (
    <div className="space-y-8">
      <form action={save} className="space-y-6">
        <ActionMessage state={state} />
        <input type="hidden" name="mailboxId" value={mailboxId} />
        <input type="hidden" name="basedOn" value={basedOn} />
        <input type="hidden" name="recipes" value={JSON.stringify(edited)} />
        <p aria-live="polite" className="sr-only">
          {announcement}
        </p>
        <datalist id={folderListId}>
          {folders.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {drafts.length === 0 ? (
          <NoRecipes />
        ) : (
          <ol className="space-y-4">
            {drafts.map((item, place) => (
              <RecipeItem
                key={item.key}
                item={item}
                place={place}
                count={drafts.length}
                isOpen={item.key === added}
                today={today}
                folderListId={folderListId}
                problem={(path) => problemOf(state, `recipes.${place}.${path}`)}
                onChange={(draft) => change.replace(item.key, draft)}
                onMove={(to) => change.move(item.key, to)}
                onRemove={() => change.remove(item.key)}
                onDragStart={() => change.drag(item.key)}
                onDropHere={() => change.drop(place)}
              />
            ))}
          </ol>
        )}
        <AddRecipe today={today} onAdd={change.add} />
        {hasSomething ? <SaveBox isSaved={wasSavedHere} /> : null}
      </form>
      {hasSomething ? <TestBench mailboxId={mailboxId} recipes={edited} /> : null}
    </div>
  )
}

function NoRecipes() {
  const t = useTranslations('recipes.empty')
  return (
    <EmptyState icon={ListFilter} title={t('title')}>
      {t('body')}
    </EmptyState>
  )
}

function SaveBox({ isSaved }: { isSaved: boolean }) {
  const t = useTranslations('recipes')
  return (
    <div className="space-y-3 rounded-12 border-2 border-primary bg-surface p-5">
      <p>{t('saveHint')}</p>
      <SubmitButton>{t('save')}</SubmitButton>
      {isSaved ? <Notice tone="success" role="status" title={t('saved')} /> : null}
    </div>
  )
}
