import { useTranslations } from 'next-intl'
import { enteredList, type FormState } from '#components/form/field-state.ts'
import { type ListenerName, type PolicyDocument, popMechanisms, saslMechanisms } from '#lib/policy/schema.ts'
import { isLoginListener } from './policy-form.ts'
import { Switch } from './switch.tsx'

type ListenerFieldsProps = {
  readonly state: FormState
  readonly name: ListenerName
  readonly document: PolicyDocument
}

/** One listener: open or closed, and for those with a login how people may log in. */
export function ListenerFields({ state, name, document }: ListenerFieldsProps) {
  const t = useTranslations('policy')
  const path = `listeners.${name}`
  return (
    <fieldset className="py-4 lg:grid lg:grid-cols-[18rem_1fr] lg:gap-6">
      <legend className="sr-only">{t(`listener.${name}`)}</legend>
      <p aria-hidden className="pt-2.5 text-std-16B-170">
        {t(`listener.${name}`)}
      </p>
      <div className="flex flex-wrap gap-x-8">
        <Switch state={state} name={`${path}.enabled`} label={t('enabled')} isOn={document.listeners[name].enabled} />
        {isLoginListener(name) ? (
          <>
            <Switch
              state={state}
              name={`${path}.requireTls`}
              label={t('requireTls')}
              isOn={document.listeners[name].requireTls}
            />
            <div className="flex basis-full flex-wrap gap-x-8">
              <Mechanisms state={state} name={name} allowed={document.listeners[name].mechanisms} />
            </div>
          </>
        ) : null}
      </div>
    </fieldset>
  )
}

type MechanismsProps = { readonly state: FormState; readonly name: ListenerName; readonly allowed: readonly string[] }

function Mechanisms({ state, name, allowed }: MechanismsProps) {
  const path = `listeners.${name}.mechanisms`
  const chosen = state.status === 'refused' ? (enteredList(state, path) ?? []) : allowed
  const mechanisms = name === 'pop3' || name === 'pop3s' ? popMechanisms : saslMechanisms
  return mechanisms.map((mechanism) => (
    <label
      key={`${mechanism} ${chosen.includes(mechanism)}`}
      className="flex min-h-11 cursor-pointer items-center gap-3"
    >
      <input
        type="checkbox"
        name={`${path}[]`}
        value={mechanism}
        defaultChecked={chosen.includes(mechanism)}
        className="size-6 shrink-0 accent-primary"
      />
      {mechanism}
    </label>
  ))
}
