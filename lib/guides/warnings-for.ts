/** The warnings of one set-up: those of the client, and those that follow from its facts. */
import type { Setup } from './setup.ts'
import { type WarningId, warningOf } from './warnings.ts'

export function warningsFor(setup: Setup): readonly WarningId[] {
  const { client, method, endpoints } = setup
  const derived: WarningId[] = []
  if (client.userNameForm.value === 'mail-address') derived.push('fullAddress')
  if (method === 'smtp-auth' && client.startTls.value === 'port-25-only') derived.push('starttlsPort')
  if (method === 'pop-before-smtp' && endpoints.outgoing.port === 25) derived.push('port25Blocked')
  const own = client.warnings.filter((id) => {
    const { method: only } = warningOf(id)
    return only === undefined || only === method
  })
  return [...derived, ...own]
}
