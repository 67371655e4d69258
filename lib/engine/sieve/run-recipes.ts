/** The recipes of all recipients of one message, as one outcome; a refusal by all of them is heard in the session. */
import { type AcceptedMessage, RefusedByRecipients } from '../delivery/accepted-message.ts'
import { makeReport, type ReportingSite } from '../delivery/dsn/report.ts'
import { type CarryOutParts, Deed } from './carry-out.ts'
import { noRecipes, type RecipeOutcome } from './recipe-outcome.ts'
import { createScriptRunner, type ScriptSite } from './run-scripts.ts'

/** @throws RefusedByRecipients */
export type RunRecipes = (message: AcceptedMessage, mayRefuse: boolean) => Promise<RecipeOutcome>

export function createRecipes(
  parts: CarryOutParts & { readonly reporting: ReportingSite },
  site: ScriptSite,
): RunRecipes {
  const runScripts = createScriptRunner(parts.database, site, parts.now)

  /** To a sender whom nobody has confirmed there is no report (backscatter): the copy is kept, and its owner told. */
  async function reportRefusal(deed: Deed, message: AcceptedMessage, address: string, text: string) {
    const report =
      message.isSenderConfirmed && message.sender !== '' ? await composeRefusal(message, address, text) : null
    if (report) deed.messages.push(report)
    else {
      deed.keep()
      deed.tell('recipeRefusalKept', text.slice(0, 200))
    }
  }

  function composeRefusal(message: AcceptedMessage, address: string, text: string) {
    const now = parts.now()
    const reply = `550 5.7.1 ${printable(text)}`
    return makeReport(
      {
        ...parts.reporting,
        recipient: message.sender,
        recipients: [{ address, originalRecipient: null, action: 'failed', status: '5.7.1', remoteHost: null, reply }],
        original: message.content,
        returnFull: false,
        envelopeId: message.envelopeId,
        arrivedAt: now,
        now,
        willRetryUntil: now,
      },
      parts.resolveRecipient,
    )
  }

  return async (message, mayRefuse) => {
    if (!message.recipients.some(({ target }) => target.kind === 'local' && target.hasScript)) return noRecipes
    const runs = await runScripts(message)
    const deeds = await Promise.all(
      runs.map(async (run) => ({ run, deed: await new Deed(run, message, parts).carryOut() })),
    )
    const [first] = deeds
    const refuseAll = deeds.length === message.recipients.length && deeds.every(({ deed }) => deed.refusal !== null)
    if (mayRefuse && refuseAll && first) throw new RefusedByRecipients(printable(first.deed.refusal ?? ''))
    for (const { run, deed } of deeds) {
      if (deed.refusal !== null) await reportRefusal(deed, message, run.recipient.address, deed.refusal)
    }
    return {
      filings: new Map(deeds.map(({ run, deed }) => [run.owner.mailboxId, deed.filings])),
      messages: deeds.flatMap(({ deed }) => deed.messages),
      answers: deeds.flatMap(({ deed }) => deed.answers),
      invitations: deeds.flatMap(({ deed }) => deed.invitations),
      marks: deeds.flatMap(({ deed }) => deed.marks),
      events: deeds.flatMap(({ deed }) => deed.events),
      forwardedBy: deeds.flatMap(({ run, deed }) => Array<number>(deed.forwards).fill(run.owner.mailboxId)),
    }
  }
}

const MAX_REPLY_CHARACTERS = 200

/** One line of ASCII for the wire; a text that has none of it still says what happened. */
function printable(text: string): string {
  const line = text
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, MAX_REPLY_CHARACTERS)
  return /[A-Za-z0-9]/.test(line) ? line : 'The recipient does not accept this message'
}
