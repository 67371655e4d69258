'use client'

import { useTranslations } from 'next-intl'
import type { FormState } from '#components/form/field-state.ts'
import { TextArea } from '#components/form/text-area.tsx'
import { TextField } from '#components/form/text-field.tsx'
import type { AnnouncementWords } from '#lib/announcements/document.ts'
import type { Language } from '#lib/guides/bilingual.ts'

type WordFieldsProps = {
  readonly state: FormState
  readonly language: Language
  readonly words: AnnouncementWords | null
}

/** Everything that is said in one language. */
export function WordFields({ state, language, words }: WordFieldsProps) {
  const t = useTranslations('announcementEditor')
  return (
    <fieldset className="space-y-4 rounded-8 border border-line p-4">
      <legend className="px-1 text-std-18B-160">{t(`language.${language}`)}</legend>
      <TextField
        state={state}
        name={`${language}.title`}
        label={t('words.title')}
        defaultValue={words?.title}
        maxLength={300}
        required
      />
      <TextArea
        state={state}
        name={`${language}.lead`}
        label={t('words.lead')}
        rows={6}
        defaultValue={words?.lead ?? ''}
        optional
      />
      {(['reason', 'affected', 'unaffected'] as const).map((name) => (
        <TextField
          key={name}
          state={state}
          name={`${language}.${name}`}
          label={t(`words.${name}`)}
          defaultValue={words?.[name]}
          maxLength={300}
          optional
        />
      ))}
      <TextArea
        state={state}
        name={`${language}.remarks`}
        label={t('words.remarks')}
        rows={5}
        defaultValue={words?.remarks.join('\n') ?? ''}
        optional
      />
      <TextArea
        state={state}
        name={`${language}.body`}
        label={t('words.body')}
        hint={t('bodyHint', { point: '・' })}
        rows={12}
        defaultValue={words?.body ?? ''}
        optional
      />
    </fieldset>
  )
}
