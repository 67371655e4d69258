'use client'

import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { DragEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { type Keyed, type RecipeDraft, recipeOf } from './recipe-drafts.ts'
import { RecipeFields, type RecipeFieldsProps } from './recipe-fields.tsx'
import { useRecipeSentence } from './use-recipe-sentence.ts'

type RecipeItemProps = Omit<RecipeFieldsProps, 'draft' | 'onChange'> & {
  readonly item: Keyed<RecipeDraft>
  readonly place: number
  readonly count: number
  readonly isOpen: boolean
  readonly onChange: (draft: RecipeDraft) => void
  readonly onMove: (place: number) => void
  readonly onRemove: () => void
  readonly onDragStart: () => void
  readonly onDropHere: () => void
}

/** One recipe: what it does in a sentence, its place among the others, and its fields, folded away. */
export function RecipeItem({ item, place, count, isOpen, onMove, onRemove, ...rest }: RecipeItemProps) {
  const t = useTranslations('recipes.item')
  const { onDragStart, onDropHere, onChange, ...fields } = rest
  const sentence = useRecipeSentence()
  const { name, isOn } = item.value
  const allowDrop = (event: DragEvent) => event.preventDefault()
  /** Firefox begins only when there is something to carry. */
  const startDragging = ({ dataTransfer }: DragEvent) => {
    dataTransfer.effectAllowed = 'move'
    dataTransfer.setData('text/plain', name)
    onDragStart()
  }
  return (
    <li
      onDragOver={allowDrop}
      onDrop={(event) => {
        event.preventDefault()
        onDropHere()
      }}
      className="rounded-12 border border-line bg-surface p-4 sm:p-6"
      aria-label={t('label', { place: place + 1, name })}
    >
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 flex-1 basis-64 gap-2">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: only the pointer needs it; the buttons beside it do the same */}
          <span draggable onDragStart={startDragging} title={t('drag')} className="cursor-grab py-1 text-ink-muted">
            <GripVertical aria-hidden className="size-5" />
          </span>
          <div className="min-w-0">
            <h2 className="text-std-18B-160 [overflow-wrap:anywhere]">
              {place + 1}. {name}
            </h2>
            <p className="text-ink-muted [overflow-wrap:anywhere] first-letter:uppercase">{sentence(recipeOf(item))}</p>
          </div>
        </div>
        <div className="flex items-center gap-1">
          {isOn ? null : <StatusBadge tone="off">{t('off')}</StatusBadge>}
          {count > 1 ? <MoveButtons name={name} place={place} count={count} onMove={onMove} /> : null}
        </div>
      </div>
      <Disclosure summary={t('edit')} open={isOpen}>
        <RecipeFields {...fields} draft={item.value} onChange={onChange} />
        <Button tone="quiet" className="mt-4" onClick={onRemove}>
          <Trash2 aria-hidden className="size-5" />
          {t('remove')}
        </Button>
      </Disclosure>
    </li>
  )
}

type MoveButtonsProps = Pick<RecipeItemProps, 'place' | 'count' | 'onMove'> & { readonly name: string }

function MoveButtons({ name, place, count, onMove }: MoveButtonsProps) {
  const t = useTranslations('recipes.item')
  return (
    <>
      <Button tone="quiet" aria-label={t('up', { name })} disabled={place === 0} onClick={() => onMove(place - 1)}>
        <ArrowUp aria-hidden className="size-5" />
      </Button>
      <Button
        tone="quiet"
        aria-label={t('down', { name })}
        disabled={place === count - 1}
        onClick={() => onMove(place + 1)}
      >
        <ArrowDown aria-hidden className="size-5" />
      </Button>
    </>
  )
}
