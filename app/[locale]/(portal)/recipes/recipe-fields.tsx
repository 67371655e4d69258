import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { ActionFields } from './action-fields.tsx'
import { ConditionFields } from './condition-fields.tsx'
import { EditorCheckbox, EditorSelect, EditorText } from './editor-fields.tsx'
import { actionOfKind, conditionOfKind, keyed, type RecipeDraft, replaced, without } from './recipe-drafts.ts'

export type RecipeFieldsProps = {
  readonly draft: RecipeDraft
  readonly today: string
  readonly folderListId: string
  readonly onChange: (draft: RecipeDraft) => void
  /** @param path below the recipe: "actions.0.address" */
  readonly problem: (path: string) => string | undefined
}

export function RecipeFields({ draft, onChange, problem, ...rest }: RecipeFieldsProps) {
  const t = useTranslations('recipes.fields')
  const change = (part: Partial<RecipeDraft>) => onChange({ ...draft, ...part })
  return (
    <div className="space-y-6">
      <div className="grid gap-4 sm:grid-cols-2 sm:items-end">
        <EditorText
          label={t('name')}
          value={draft.name}
          onValue={(name) => change({ name })}
          problem={problem('name')}
          maxLength={80}
        />
        <EditorCheckbox label={t('isOn')} isOn={draft.isOn} onChange={(isOn) => change({ isOn })} />
      </div>
      <Conditions draft={draft} change={change} problem={problem} />
      <Actions draft={draft} change={change} problem={problem} {...rest} />
      <EditorCheckbox label={t('stops')} isOn={draft.stops} onChange={(stops) => change({ stops })} />
    </div>
  )
}

type PartProps = Pick<RecipeFieldsProps, 'draft' | 'problem'> & {
  readonly change: (part: Partial<RecipeDraft>) => void
}

function Conditions({ draft, change, problem }: PartProps) {
  const t = useTranslations('recipes.fields')
  const { conditions, match } = draft
  return (
    <fieldset className="space-y-3">
      <legend className="text-std-16B-170">{t('conditions')}</legend>
      {conditions.length === 0 ? <p className="text-ink-muted">{t('everyMessage')}</p> : null}
      {conditions.length > 1 ? (
        <EditorSelect
          label={t('match')}
          value={match}
          onValue={(chosen) => change({ match: chosen })}
          options={(['all', 'any'] as const).map((value) => ({ value, label: t(`matches.${value}`) }))}
        />
      ) : null}
      <ul className="space-y-3">
        {conditions.map(({ key, value }, index) => (
          <ConditionFields
            key={key}
            condition={value}
            onChange={(condition) => change({ conditions: replaced(conditions, key, condition) })}
            onRemove={() => change({ conditions: without(conditions, key) })}
            problem={(field) => problem(`conditions.${index}.${field}`)}
          />
        ))}
      </ul>
      <Button
        tone="secondary"
        onClick={() => change({ conditions: [...conditions, keyed(conditionOfKind('subject'))] })}
      >
        <Plus aria-hidden className="size-5" />
        {t('addCondition')}
      </Button>
    </fieldset>
  )
}

function Actions({
  draft,
  change,
  problem,
  today,
  folderListId,
}: PartProps & Pick<RecipeFieldsProps, 'today' | 'folderListId'>) {
  const t = useTranslations('recipes.fields')
  const { actions } = draft
  return (
    <fieldset className="space-y-3">
      <legend className="text-std-16B-170">{t('actions')}</legend>
      {problem('actions') ? <p className="text-danger">{t('noAction')}</p> : null}
      <ul className="space-y-3">
        {actions.map(({ key, value }, index) => (
          <ActionFields
            key={key}
            action={value}
            today={today}
            folderListId={folderListId}
            onChange={(action) => change({ actions: replaced(actions, key, action) })}
            onRemove={() => change({ actions: without(actions, key) })}
            problem={(field) => problem(`actions.${index}.${field}`)}
          />
        ))}
      </ul>
      <Button tone="secondary" onClick={() => change({ actions: [...actions, keyed(actionOfKind('mark', today))] })}>
        <Plus aria-hidden className="size-5" />
        {t('addAction')}
      </Button>
    </fieldset>
  )
}
