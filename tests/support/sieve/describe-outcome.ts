/** An outcome in one line, as the case table writes it. */
import type { Action, Outcome } from '#lib/sieve/outcome.ts'

export function describeOutcome({ actions, fault }: Outcome): string {
  const texts = actions.filter(({ kind }) => kind !== 'discard').map(describeAction)
  const shown = texts.length === 0 ? ['discard'] : [...new Set(texts)]
  return [...(fault === null ? [] : [`fault ${fault.code}`]), ...shown].join(', ')
}

const flagText = (flags: readonly string[]) => (flags.length === 0 ? '' : ` [${flags.toSorted().join(' ')}]`)

function describeAction(action: Action): string {
  switch (action.kind) {
    case 'keep':
      return `keep${flagText(action.flags)}${action.header === null ? '' : ' (edited)'}`
    case 'fileinto': {
      const place = action.folder === 'INBOX' ? 'keep' : `fileinto ${action.folder}`
      const use = action.specialUse === null ? '' : ` (use ${action.specialUse})`
      return `${place}${flagText(action.flags)}${action.create ? ' (create)' : ''}${use}`
    }
    case 'redirect':
      return `redirect ${action.address}`
    case 'vacation':
      return `vacation ${action.vacation.periodSeconds} ${action.vacation.reason}`
    case 'notify': {
      const { recipients, importance, message } = action.notification
      return `notify ${recipients.join(' ')} ${importance} ${message}`
    }
    case 'discard':
      return 'discard'
    default:
      return `${action.kind} ${action.reason}`
  }
}
