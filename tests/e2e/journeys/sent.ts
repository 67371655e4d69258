/** 4: looks where a sent message is, why it waits, and what became of one that could not be delivered. */
import assert from 'node:assert/strict'
import { explainStatus } from '#lib/mail/explain-status.ts'
import type { Cast } from './world.ts'

export const friend = 'hanako@a-very-long-domain-name.example'

const later = { code: 450, status: '4.7.1', text: `4.7.1 <${friend}>: greylisted` }
const no = { code: 550, status: '5.1.1', text: '5.1.1 no such person' }

export async function sent({ subscriber, mailbox }: Cast): Promise<void> {
  const { page } = subscriber
  const { addQueuedMessage } = await import('#tests/support/queued-message.ts')
  await subscriber.goTo('/sent')
  await subscriber.reads('sent.empty.title')
  await subscriber.looks('4-empty')
  await addQueuedMessage(mailbox, [
    { address: friend, reply: later },
    { address: 'jiro@elsewhere.test', state: 'FAILED', reply: no },
    { address: 'shiro@elsewhere.test', state: 'DELIVERED', reply: { code: 250, status: '2.0.0', text: 'ok' } },
  ])
  await subscriber.goTo('/sent')
  const waiting = page.getByRole('listitem').filter({ hasText: friend }).last()
  await waiting.getByText(subscriber.say('sent.state.waiting')).waitFor()
  await waiting.getByText(explainStatus(later.status, 'delayed', 'mx.elsewhere.test')[subscriber.language]).waitFor()
  await subscriber.sees(explainStatus(no.status, 'failed', 'mx.elsewhere.test')[subscriber.language])
  await subscriber.looks('4-waiting')
  assert.doesNotMatch((await page.content()).toLowerCase(), /subject: hello/)
}
