import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Recipe } from '#lib/recipes/recipe.ts'
import { draftOf, moved, type RecipeDraft, type RecipeDrafts, recipeOf, replaced, without } from './recipe-drafts.ts'

/** The recipes while they are edited. What is saved, here or elsewhere, takes the place of what was edited. */
export function useRecipeDrafts(recipes: readonly Recipe[], basedOn: number) {
  const t = useTranslations('recipes.item')
  const [shownVersion, setShownVersion] = useState(basedOn)
  const [drafts, setDrafts] = useState<RecipeDrafts>(() => recipes.map(draftOf))
  const [added, setAdded] = useState<string | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const [announcement, setAnnouncement] = useState('')

  if (shownVersion !== basedOn) {
    setShownVersion(basedOn)
    setDrafts(recipes.map(draftOf))
  }

  function move(key: string, place: number): void {
    const name = drafts.find((each) => each.key === key)?.value.name ?? ''
    setDrafts(moved(drafts, key, place))
    setAnnouncement(t('movedTo', { name, place: place + 1 }))
  }

  const edited = drafts.map(recipeOf)
  return {
    drafts,
    edited,
    isAsSaved: JSON.stringify(edited) === JSON.stringify(recipes.map(draftOf).map(recipeOf)),
    /** the key of the one that was added last */
    added,
    /** for those who cannot see what moved */
    announcement,
    move,
    drag: setDragged,
    drop(place: number): void {
      if (dragged !== null) move(dragged, place)
      setDragged(null)
    },
    add(recipe: Recipe): void {
      const draft = draftOf(recipe)
      setDrafts([...drafts, draft])
      setAdded(draft.key)
    },
    replace: (key: string, draft: RecipeDraft) => setDrafts(replaced(drafts, key, draft)),
    remove: (key: string) => setDrafts(without(drafts, key)),
  }
}
