import { RelayWindowMeter } from '#components/mail/relay-window-meter.tsx'
import { Card } from '#components/ui/card.tsx'
import { type Actor, listMailboxes } from '#lib/accounts/index.ts'
import { readWindowMeter } from '#lib/activity/read-window-meter.ts'

/** Until when the reader's mailboxes may send by POP before SMTP; nothing for those that do not. */
export async function OwnWindows({ actor, readerAddress }: { actor: Actor; readerAddress: string }) {
  const [mailboxes, meter] = await Promise.all([listMailboxes(actor), readWindowMeter(actor)])
  return mailboxes
    .filter(({ popBeforeSmtp }) => popBeforeSmtp)
    .map(({ id, address }) => (
      <Card key={id} title={address} titleId={`window-${id}`} className="mb-8">
        <RelayWindowMeter mailboxId={id} initial={meter} readerAddress={readerAddress} />
      </Card>
    ))
}
