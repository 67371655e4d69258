import { type TypedValue, ValueList } from '#components/ui/value-list.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import type { ConnectionValue } from '#lib/guides/connection-values.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'

type SetupValuesProps = {
  readonly values: readonly ConnectionValue[]
  readonly language: Language
  /** the password is asked for, but never shown here */
  readonly withPassword?: boolean
}

/** The values of a set-up, in the groups in which a mail program asks for them. */
export function SetupValues({ values, language, withPassword }: SetupValuesProps) {
  const t = guideTexts[language]
  const groups = [
    { id: 'receiving', title: t.receivingValues },
    { id: 'sending', title: t.sendingValues },
    { id: 'login', title: t.loginValues },
  ] as const
  return (
    <div className="space-y-6">
      {groups.map(({ id, title }) => {
        const typed = values.filter(({ group }) => group === id).map((value) => typedValue(value, language))
        if (id === 'login' && withPassword) typed.push(passwordValue(language))
        if (typed.length === 0) return null
        return (
          <section key={id} aria-label={title}>
            <h3 className="mb-2 text-std-17B-170">{title}</h3>
            <ValueList values={typed} />
          </section>
        )
      })}
    </div>
  )
}

function typedValue({ label, value, copyable }: ConnectionValue, language: Language): TypedValue {
  const text = value[language]
  return { label: label[language], value: text, copyable, long: !copyable }
}

function passwordValue(language: Language): TypedValue {
  const t = guideTexts[language]
  return { label: t.password, value: '••••-••••-••••', note: t.passwordNote, copyable: false, long: true }
}
