import { Search } from 'lucide-react'
import { useId } from 'react'
import { FieldFrame, inputClass } from '#components/form/field-frame.tsx'
import { Select } from '#components/form/select.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { platforms } from '#lib/guides/client.ts'
import { guideTexts, methodNames, platformNames } from '#lib/guides/guide-texts.ts'
import { sendingMethods } from '#lib/guides/methods.ts'
import type { ClientQuery } from '#lib/guides/search-clients.ts'

/** A plain GET form: it works without JavaScript, and its result has an address. */
export function GuideFilter({ query, language, action }: { query: ClientQuery; language: Language; action: string }) {
  const t = guideTexts[language]
  const nameId = useId()
  return (
    <search aria-label={t.filterTitle} className="screen-only mb-8 block rounded-12 border border-line bg-surface p-5">
      <form action={action}>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr]">
          <FieldFrame id={nameId} label={t.name}>
            <input
              id={nameId}
              type="search"
              name="name"
              defaultValue={query.name}
              maxLength={100}
              autoComplete="off"
              placeholder={t.nameHint}
              className={`${inputClass} placeholder:text-ink-muted`}
            />
          </FieldFrame>
          <Chooser
            name="platform"
            label={t.platform}
            any={t.any}
            value={query.platform}
            options={platforms.map((id) => ({ id, text: platformNames[id][language] }))}
          />
          <Chooser
            name="era"
            label={t.era}
            any={t.any}
            value={query.era}
            options={[
              { id: 'modern', text: t.modern },
              { id: 'notice', text: t.notice },
            ]}
          />
          <Chooser
            name="method"
            label={t.method}
            any={t.any}
            value={query.method}
            options={sendingMethods.map((id) => ({ id, text: methodNames[id][language] }))}
          />
        </div>
        <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
          <Button type="submit">
            <Search aria-hidden className="size-5" />
            {t.search}
          </Button>
          {Object.values(query).some(Boolean) ? (
            <TextLink standalone href="/guides">
              {t.clear}
            </TextLink>
          ) : null}
        </div>
      </form>
    </search>
  )
}

type ChooserProps = {
  readonly name: string
  readonly label: string
  readonly any: string
  readonly value: string | undefined
  readonly options: readonly { readonly id: string; readonly text: string }[]
}

function Chooser({ name, label, any, value, options }: ChooserProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label}>
      <Select id={id} name={name} defaultValue={value ?? ''}>
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </Select>
    </FieldFrame>
  )
}
