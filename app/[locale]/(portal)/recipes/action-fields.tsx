import { useTranslations } from 'next-intl'
import { marks } from '#lib/recipes/choices.ts'
import type { Action } from '#lib/recipes/recipe.ts'
import { EditorCheckbox, EditorNumber, EditorSelect, EditorText, EditorTextBlock } from './editor-fields.tsx'
import { EditorRow } from './editor-row.tsx'
import { actionKinds, actionOfKind } from './recipe-drafts.ts'

type ActionFieldsProps = {
  readonly action: Action
  readonly today: string
  /** the id of a datalist with the names of the folders */
  readonly folderListId: string
  readonly onChange: (action: Action) => void
  readonly onRemove: () => void
  readonly problem: (field: string) => string | undefined
}

/** One action: what is done with a message that meets the conditions. */
export function ActionFields({ action, today, onChange, onRemove, ...rest }: ActionFieldsProps) {
  const t = useTranslations('recipes.action')
  return (
    <EditorRow
      label={t('kind')}
      kind={action.kind}
      kinds={actionKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      onKind={(kind) => onChange(actionOfKind(kind, today))}
      removeLabel={t('remove')}
      onRemove={onRemove}
    >
      <div className="grid gap-4">
        <Details action={action} onChange={onChange} {...rest} />
      </div>
    </EditorRow>
  )
}

function Details({ action, folderListId, onChange, problem }: Omit<ActionFieldsProps, 'onRemove' | 'today'>) {
  const t = useTranslations('recipes.action')
  switch (action.kind) {
    case 'move':
      return (
        <EditorText
          label={t('folder')}
          hint={t('folderHint')}
          value={action.folder}
          onValue={(folder) => onChange({ ...action, folder })}
          problem={problem('folder')}
          list={folderListId}
          maxLength={200}
        />
      )
    case 'mark':
      return (
        <EditorSelect
          label={t('as')}
          value={action.as}
          onValue={(as) => onChange({ ...action, as })}
          options={marks.map((value) => ({ value, label: t(`marks.${value}`) }))}
        />
      )
    case 'forward':
      return <ForwardDetails action={action} onChange={onChange} problem={problem} />
    case 'answer':
      return <AnswerDetails action={action} onChange={onChange} problem={problem} />
    case 'refuse':
      return (
        <EditorTextBlock
          label={t('refusal')}
          hint={t('refusalHint')}
          value={action.text}
          onValue={(text) => onChange({ ...action, text })}
          problem={problem('text')}
        />
      )
    case 'deleteAfter':
      return (
        <EditorNumber
          label={t('days')}
          value={action.days}
          onValue={(days) => onChange({ ...action, days })}
          problem={problem('days')}
        />
      )
  }
}

type DetailsOf<Kind extends Action['kind']> = Pick<ActionFieldsProps, 'onChange' | 'problem'> & {
  readonly action: Extract<Action, { kind: Kind }>
}

function ForwardDetails({ action, onChange, problem }: DetailsOf<'forward'>) {
  const t = useTranslations('recipes.action')
  return (
    <>
      <EditorText
        type="email"
        label={t('address')}
        hint={t('addressHint')}
        value={action.address}
        onValue={(address) => onChange({ ...action, address })}
        problem={problem('address')}
      />
      <EditorCheckbox
        label={t('keepsCopy')}
        isOn={action.keepsCopy}
        onChange={(keepsCopy) => onChange({ ...action, keepsCopy })}
      />
    </>
  )
}

function AnswerDetails({ action, onChange, problem }: DetailsOf<'answer'>) {
  const t = useTranslations('recipes.action')
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2 sm:items-end">
        {(['firstDay', 'lastDay'] as const).map((day) => (
          <EditorText
            key={day}
            type="date"
            label={t(day)}
            value={action[day]}
            onValue={(date) => onChange({ ...action, [day]: date })}
            problem={problem(day)}
          />
        ))}
      </div>
      <EditorText
        label={t('answerSubject')}
        value={action.subject}
        onValue={(subject) => onChange({ ...action, subject })}
        problem={problem('subject')}
        maxLength={200}
      />
      <EditorTextBlock
        label={t('answerText')}
        hint={t('answerHint')}
        value={action.text}
        onValue={(text) => onChange({ ...action, text })}
        problem={problem('text')}
      />
    </>
  )
}
