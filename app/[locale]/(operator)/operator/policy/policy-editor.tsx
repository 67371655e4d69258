'use client'

import { useTranslations } from 'next-intl'
import { ActionMessage } from '#components/form/action-message.tsx'
import type { FormState } from '#components/form/field-state.ts'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { fullMailboxRules } from '#lib/policy/migration-rules.ts'
import type { NumberField } from '#lib/policy/number-units.ts'
import { awayChoices, spamChoices } from '#lib/policy/scan-rules.ts'
import { listenerNames, type PolicyDocument, senderCheckModes } from '#lib/policy/schema.ts'
import { Contents, Group } from './group.tsx'
import { ListenerFields } from './listener-fields.tsx'
import { type ListField, shownList, shownMoment, shownNumber, shownNumberList } from './policy-form.ts'
import { SaveBox } from './save-box.tsx'
import { Switch } from './switch.tsx'

type PolicyEditorProps = {
  readonly state: FormState
  readonly action: (form: FormData) => void
  readonly version: number
  readonly document: PolicyDocument
  readonly isRolling: boolean
}

/** Every rule of the engine, in words. */
export function PolicyEditor({ state, action, version, document, isRolling }: PolicyEditorProps) {
  const t = useTranslations('policy')
  const numbers = (...fields: NumberField[]) => <NumberFields state={state} document={document} fields={fields} />
  const networks = (...fields: ListField[]) => <ListFields state={state} document={document} fields={fields} />
  return (
    <form action={action} className="space-y-8">
      <ActionMessage state={state} />
      <input type="hidden" name="basedOn" value={version} />
      <input type="hidden" name="oldHost.waves" value={JSON.stringify(document.oldHost.waves)} />
      <Contents />
      <Group name="listeners">
        <div className="divide-y divide-line">
          {listenerNames.map((name) => (
            <ListenerFields key={name} state={state} name={name} document={document} />
          ))}
        </div>
      </Group>
      <Group name="popBeforeSmtp">
        <Switch
          state={state}
          name="popBeforeSmtp.enabled"
          label={t('popBeforeSmtpEnabled')}
          isOn={document.popBeforeSmtp.enabled}
        />
        {numbers(
          'popBeforeSmtp.windowSeconds',
          'popBeforeSmtp.limits.maxMessageBytes',
          'popBeforeSmtp.limits.maxRecipientsPerMessage',
          'popBeforeSmtp.limits.maxRecipientsPerHour',
          'popBeforeSmtp.limits.maxRecipientsPerDay',
          'popBeforeSmtp.limits.maxRecipientsPerCredentialPerDay',
          'popBeforeSmtp.limits.maxNewCorrespondentsPerDay',
          'popBeforeSmtp.limits.maxRecipientsPerDayFromAbroad',
          'popBeforeSmtp.maxMessagesPerWindow',
          'popBeforeSmtp.maxRecipientsPerWindow',
          'popBeforeSmtp.sharedFromMailboxes',
        )}
        {networks('popBeforeSmtp.sharedNetworks', 'popBeforeSmtp.proxyNetworks', 'popBeforeSmtp.accessNetworks')}
        <div className="mt-5">
          <Switch
            state={state}
            name="oldHost.sendsByMxPort"
            label={t('oldHost.sends')}
            isOn={document.oldHost.sendsByMxPort}
          />
        </div>
      </Group>
      <Group name="submission">
        {numbers(
          'submission.limits.maxMessageBytes',
          'submission.limits.maxRecipientsPerMessage',
          'submission.limits.maxRecipientsPerHour',
          'submission.limits.maxRecipientsPerDay',
          'submission.limits.maxRecipientsPerCredentialPerDay',
          'submission.limits.maxNewCorrespondentsPerDay',
          'submission.limits.maxRecipientsPerDayFromAbroad',
        )}
      </Group>
      <Group name="abuse">
        {numbers(
          'abuse.holdAfterTrips',
          'abuse.tripDays',
          'abuse.holdAfterBouncesPerHour',
          'abuse.keepCorrespondentsDays',
          'recipes.maxForwardsPerDay',
        )}
        {networks('abuse.homeNetworks')}
      </Group>
      <Group name="relay">
        <TextField
          state={state}
          name="relay.retryDelaysSeconds"
          label={t('retryDelays')}
          hint={t('retryDelaysHint')}
          defaultValue={shownNumberList(document, 'relay.retryDelaysSeconds')}
          required
        />
        {numbers('relay.delayReportAfterSeconds', 'relay.lifetimeSeconds', 'relay.maxSessionsPerDestination')}
      </Group>
      <Group name="connections">
        {numbers(
          'connections.maxSmtpPerAddress',
          'connections.maxReadingPerAddress',
          'connections.maxPerAddressPerMinute',
        )}
        {networks('connections.unlimitedNetworks')}
      </Group>
      <Group name="migration">
        <SelectField
          state={state}
          name="migration.fullMailbox"
          label={t('fullMailbox')}
          defaultValue={document.migration.fullMailbox}
          options={fullMailboxRules.map((value) => ({ value, label: t(`fullMailboxChoice.${value}`) }))}
        />
        <div className="mt-5">
          <TextField
            state={state}
            name="inheritedPasswords.readingUntil"
            type="datetime-local"
            label={t('inheritedReading')}
            hint={t('inheritedReadingHint')}
            defaultValue={shownMoment(document.inheritedPasswords.readingUntil)}
            optional
          />
        </div>
      </Group>
      <Group name="webhooks">{networks('webhooks.reachableNetworks')}</Group>
      <Group name="loginLimits">
        {numbers(
          'loginLimits.maxPerAddress',
          'loginLimits.maxPerAddressPerDay',
          'loginLimits.maxPerNetwork',
          'loginLimits.maxPerNetworkPerDay',
          'loginLimits.maxPerSite',
          'loginLimits.maxPerSitePerDay',
          'loginLimits.maxPerAccountPerHour',
          'loginLimits.maxPerAccountPerDay',
        )}
      </Group>
      <Group name="retention">{numbers('retention.trashDays', 'retention.junkDays')}</Group>
      <Group name="ownAccount">
        {numbers('ownAddresses.maxAliases', 'ownAddresses.quarantineDays', 'closing.waitDays')}
        {networks('ownAddresses.reservedNames')}
      </Group>
      <Group name="inbound">
        {numbers('inbound.maxMessageBytes', 'inbound.maxRecipientsPerMessage')}
        <div className="mt-5 space-y-5">
          <SelectField
            state={state}
            name="inbound.senderChecks"
            label={t('senderChecks')}
            defaultValue={document.inbound.senderChecks}
            options={senderCheckModes.map((value) => ({ value, label: t(`senderCheckMode.${value}`) }))}
          />
        </div>
        {networks('inbound.trustedNetworks')}
      </Group>
      <Group name="scanning">
        <div className="space-y-5">
          <SelectField
            state={state}
            name="scanning.whenAway"
            label={t('scanning.whenAway')}
            defaultValue={document.scanning.whenAway}
            options={awayChoices.map((value) => ({ value, label: t(`scanning.away.${value}`) }))}
          />
          <SelectField
            state={state}
            name="scanning.spam"
            label={t('scanning.spam')}
            defaultValue={document.scanning.spam}
            options={spamChoices.map((value) => ({ value, label: t(`scanning.spamChoice.${value}`) }))}
          />
        </div>
      </Group>
      <Group name="strangers">
        <Switch
          state={state}
          name="strangers.greylisting"
          label={t('greylisting')}
          isOn={document.strangers.greylisting}
        />
        {numbers('strangers.greylistSeconds', 'strangers.greylistDays', 'strangers.maxUnknownRecipientsPerDay')}
        {networks('strangers.knownNetworks', 'strangers.rejectLists', 'strangers.deferLists', 'strangers.markLists')}
      </Group>
      <SaveBox state={state} isRolling={isRolling} />
    </form>
  )
}

type NumberFieldsProps = { state: FormState; document: PolicyDocument; fields: readonly NumberField[] }

function NumberFields({ state, document, fields }: NumberFieldsProps) {
  const t = useTranslations('policy')
  return (
    <div className="mt-4 grid gap-5 sm:grid-cols-2">
      {fields.map((field) => (
        <TextField
          key={field}
          state={state}
          name={field}
          label={t(`number.${field.split('.').at(-1) as 'windowSeconds'}`)}
          inputMode="decimal"
          defaultValue={shownNumber(document, field)}
          required
        />
      ))}
    </div>
  )
}

type ListFieldsProps = { state: FormState; document: PolicyDocument; fields: readonly ListField[] }

function ListFields({ state, document, fields }: ListFieldsProps) {
  const t = useTranslations('policy.list')
  return (
    <div className="mt-5 space-y-5">
      {fields.map((field) => {
        const key = field.split('.').at(-1) as 'homeNetworks'
        return (
          <TextField
            key={field}
            state={state}
            name={field}
            label={t(`${key}.label`)}
            hint={t(`${key}.hint`)}
            defaultValue={shownList(document, field)}
          />
        )
      })}
    </div>
  )
}
