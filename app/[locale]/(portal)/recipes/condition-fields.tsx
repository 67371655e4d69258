import { useTranslations } from 'next-intl'
import { textOperators } from '#lib/recipes/choices.ts'
import type { Condition } from '#lib/recipes/recipe.ts'
import { EditorNumber, EditorSelect, EditorText } from './editor-fields.tsx'
import { EditorRow } from './editor-row.tsx'
import { conditionKinds, conditionOfKind } from './recipe-drafts.ts'

type ConditionFieldsProps = {
  readonly condition: Condition
  readonly onChange: (condition: Condition) => void
  readonly onRemove: () => void
  readonly problem: (field: string) => string | undefined
}

/** One condition: what is looked at, how, and for what. */
export function ConditionFields({ condition, onChange, onRemove, problem }: ConditionFieldsProps) {
  const t = useTranslations('recipes.condition')
  return (
    <EditorRow
      label={t('kind')}
      kind={condition.kind}
      kinds={conditionKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      onKind={(kind) => onChange(conditionOfKind(kind, condition))}
      removeLabel={t('remove')}
      onRemove={onRemove}
    >
      <div className="grid gap-4 sm:grid-cols-2 sm:items-end">
        <Details condition={condition} onChange={onChange} problem={problem} />
      </div>
    </EditorRow>
  )
}

function Details({ condition, onChange, problem }: Omit<ConditionFieldsProps, 'onRemove'>) {
  const t = useTranslations('recipes.condition')
  switch (condition.kind) {
    case 'attachment':
    case 'list':
    case 'spam':
      return <p className="text-ink-muted sm:col-span-2">{t(`about.${condition.kind}`)}</p>
    case 'size':
      return (
        <>
          <EditorSelect
            label={t('operator')}
            value={condition.operator}
            onValue={(operator) => onChange({ ...condition, operator })}
            options={(['over', 'under'] as const).map((value) => ({ value, label: t(`operators.${value}`) }))}
          />
          <EditorNumber
            label={t('kilobytes')}
            value={condition.kilobytes}
            onValue={(kilobytes) => onChange({ ...condition, kilobytes })}
            problem={problem('kilobytes')}
          />
        </>
      )
    case 'timeOfDay':
      return (
        <>
          {(['from', 'until'] as const).map((bound) => (
            <EditorText
              key={bound}
              type="time"
              label={t(`times.${bound}`)}
              value={condition[bound]}
              onValue={(time) => onChange({ ...condition, [bound]: time })}
              problem={problem(bound)}
            />
          ))}
        </>
      )
    default:
      return <TextDetails condition={condition} onChange={onChange} problem={problem} />
  }
}

type TextCondition = Extract<Condition, { text: string }>
type TextDetailsProps = Pick<ConditionFieldsProps, 'onChange' | 'problem'> & { readonly condition: TextCondition }

function TextDetails({ condition, onChange, problem }: TextDetailsProps) {
  const t = useTranslations('recipes.condition')
  const operators = condition.kind === 'body' ? (['contains', 'containsNot'] as const) : textOperators
  return (
    <>
      {condition.kind === 'header' ? (
        <EditorText
          label={t('headerName')}
          value={condition.name}
          onValue={(name) => onChange({ ...condition, name })}
          problem={problem('name')}
          maxLength={70}
        />
      ) : null}
      <EditorText
        label={t('text')}
        value={condition.text}
        onValue={(text) => onChange({ ...condition, text })}
        problem={problem('text')}
        maxLength={200}
      />
      <EditorSelect
        label={t('operator')}
        value={condition.operator}
        onValue={(operator) => onChange({ ...condition, operator } as TextCondition)}
        options={operators.map((value) => ({ value, label: t(`operators.${value}`) }))}
      />
    </>
  )
}
