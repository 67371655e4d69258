/** 7: a reader reads an announcement and the status of the services; a subscriber puts it away. */
import { services } from '#lib/maintenance/services.ts'
import type { Cast } from './world.ts'

/** As the probes write it down. */
async function probeServices(): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const now = new Date()
  const probe = { bucket: now, good: 10, failed: 0, lastAt: now, lastGood: true }
  await prisma().serviceProbe.createMany({ data: services.map((service) => ({ service, ...probe })) })
}

export async function news({ visitor, subscriber, noticeId }: Cast): Promise<void> {
  await probeServices()
  await visitor.goTo('/announcements')
  await visitor.looks('7-announcements')
  await visitor.page.locator(`main a[href$="/announcements/${noticeId}"]`).click()
  await visitor.page.waitForURL(/\/announcements\/[^/]+$/)
  await visitor.looks('7-announcement')
  await visitor.followInFooter('layout.status')
  await visitor.page.waitForURL('**/status')
  await visitor.page
    .getByRole('listitem')
    .filter({ hasText: 'smtpa' })
    .getByText(visitor.say('status.state.working'))
    .waitFor()
  await visitor.looks('7-status')
  await subscriber.goTo('/home')
  await subscriber.looks('7-home')
  await subscriber.page.getByRole('button', { name: subscriber.say('announcements.home.acknowledge') }).click()
  await subscriber.page
    .getByRole('heading', { name: subscriber.say('announcements.home.title') })
    .waitFor({ state: 'detached' })
}
