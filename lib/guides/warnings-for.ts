/** The warnings of one set-up: those of the client, and those that follow from its facts. */
import type { Setup } from './setup.ts'
import { type WarningId, warningOf } from './warnings.ts'

export function warningsFor(setup: Setup): readonly WarningId[] {
  const { client, method } = setup
  const derived: WarningId[] = []
  if (client.userNameForm.value === 'mail-address') derived.push('fullAddress')
  const startsEncrypted = setup.endpoints.outgoing.security !== 'none' || setup.endpoints.incoming.security !== 'none'
  if (client.startTls.value === 'port-25-only' && startsEncrypted) derived.push('starttlsPort')
  const own = client.warnings.filter((id) => {
    const { method: only } = warningOf(id)
    return only === undefined || only === method
  })
  return [...derived, ...own]
}
