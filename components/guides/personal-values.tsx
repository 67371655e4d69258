import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { ValueList } from '#components/ui/value-list.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { setupValues } from '#lib/guides/connection-values.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'
import type { Setup } from '#lib/guides/setup.ts'
import { SetupValues } from './setup-values.tsx'
import { TypedAddress } from './typed-address.tsx'

type PersonalValuesProps = {
  readonly setup: Setup
  readonly language: Language
  /** who reads: null when not signed in */
  readonly reader: {
    readonly address: string
    readonly hasCredential: boolean
    readonly otherMailboxes: readonly { readonly address: string; readonly href: string }[]
  } | null
  /** the same set-up on the machine where somebody tries the product */
  readonly trial: Setup | null
}

/** The values to type, with the reader's own user name where there is one; never a password. */
export function PersonalValues({ setup, language, reader, trial }: PersonalValuesProps) {
  const t = guideTexts[language]
  return (
    <section aria-labelledby="values" className="mb-12">
      <h2 id="values" className="mb-2 text-std-24B-150">
        {t.valuesTitle}
      </h2>
      <p className="mb-5 text-ink-muted">{reader ? t.yourValues(reader.address) : t.valuesLead}</p>
      {reader === null ? <VisitorsOwn setup={setup} language={language} /> : null}
      {reader && !reader.hasCredential ? <NoCredential language={language} /> : null}
      <SetupValues values={setupValues(setup)} language={language} withPassword />
      {reader?.otherMailboxes.map(({ address, href }) => (
        <p key={address} className="screen-only mt-3">
          <TextLink standalone href={href}>
            {t.otherMailbox}: {address}
          </TextLink>
        </p>
      ))}
      {trial ? <TrialValues trial={trial} language={language} /> : null}
    </section>
  )
}

function VisitorsOwn({ setup: { client, settings }, language }: { setup: Setup; language: Language }) {
  const t = guideTexts[language]
  return (
    <>
      <SignInHint language={language} clientId={client.id} />
      <TypedAddress
        userNameHost={client.userNameForm.value === 'name-at-pop-host' ? settings.hosts.pop : null}
        example={`taro@${settings.domain}`}
        texts={{ label: t.typedLabel, hint: t.typedHint, address: t.typedAddress, userName: t.typedUserName }}
      />
    </>
  )
}

function SignInHint({ language, clientId }: { language: Language; clientId: string }) {
  const t = guideTexts[language]
  return (
    <p className="screen-only mb-5">
      {t.signInForYours}{' '}
      <TextLink href={`/sign-in?next=${encodeURIComponent(`/guides/${clientId}`)}`}>{t.signIn}</TextLink>
    </p>
  )
}

function NoCredential({ language }: { language: Language }) {
  const t = guideTexts[language]
  return (
    <Notice title={t.noCredential} className="mb-5">
      <p className="screen-only">
        <ButtonLink href="/credentials">{t.issueCredential}</ButtonLink>
      </p>
    </Notice>
  )
}

function TrialValues({ trial, language }: { trial: Setup; language: Language }) {
  const t = guideTexts[language]
  const replaced = setupValues(trial).filter(({ id }) => id.endsWith('Host') || id.endsWith('Port'))
  return (
    <Notice title={t.trialTitle} className="mt-6">
      <p>{t.trialLead}</p>
      <ValueList values={replaced.map(({ label, value }) => ({ label: label[language], value: value[language] }))} />
    </Notice>
  )
}
