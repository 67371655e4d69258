import 'server-only'
import { type Actor, listCredentials, listMailboxes } from '#lib/accounts/index.ts'
import { latestRefusals } from '#lib/activity/latest-refusals.ts'
import { nextStep } from '#lib/activity/next-step.ts'
import { readWindowMeter } from '#lib/activity/read-window-meter.ts'
import { announcementsFor } from '#lib/announcements/announcements-for.ts'
import { oldHostDevicesOf } from '#lib/move/old-host-devices.ts'
import { listTraceConsents } from '#lib/trace-consent/list-trace-consents.ts'

/** Everything that the home shows, read at once. */
export async function loadHome(actor: Actor) {
  const mailboxes = await listMailboxes(actor)
  const [states, refusals, meter, announcements, oldHostDevices, traceConsents] = await Promise.all([
    Promise.all(mailboxes.map(async (mailbox) => ({ mailbox, credentials: await listCredentials(actor, mailbox.id) }))),
    latestRefusals(actor),
    readWindowMeter(actor),
    announcementsFor(actor),
    oldHostDevicesOf(mailboxes.map(({ id }) => id)),
    listTraceConsents(actor),
  ])
  const step = nextStep(states, refusals.length > 0)
  return { mailboxes, refusals, meter, announcements, oldHostDevices, traceConsents, step }
}
