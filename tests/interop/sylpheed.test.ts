/** Sylpheed, a graphical client that has POP before SMTP built in, sends and receives on a display that nobody sees. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { type Display, startDisplay } from '#tests/support/clients/display.ts'
import { missing, withHome } from '#tests/support/clients/run-client.ts'
import { Sylpheed, type SylpheedAccount } from '#tests/support/clients/sylpheed.ts'
import {
  arrived,
  hasMessage,
  type InteropRig,
  letter,
  loginMechanism,
  newSubject,
  recorded,
  startInteropRig,
} from '#tests/support/interop.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

const client = 'sylpheed'

const doors = [
  { tls: 'starttls', smtpListener: 'submission', popListener: 'pop3' },
  { tls: 'implicit', smtpListener: 'submissions', popListener: 'pop3s' },
] as const

type Door = (typeof doors)[number]

describe('Sylpheed', { skip: missing('sylpheed') || missing('Xvfb') || missing('xdotool') }, () => {
  let rig: InteropRig
  let display: Display

  before(async () => {
    rig = await startInteropRig()
    display = await startDisplay()
  })
  after(async () => {
    await display?.stop()
    await rig?.stop()
  })

  function withSylpheed(
    mailbox: TestMailbox,
    settings: Pick<SylpheedAccount, 'pop' | 'smtp' | 'sending'> & { readonly password?: string },
    work: (sylpheed: Sylpheed) => Promise<void>,
  ): Promise<void> {
    const { address, credential } = mailbox
    const { authorityFile } = rig.engine
    const account = { address, authorityFile, ...credential, ...settings }
    return withHome((home) => work(new Sylpheed(home, display, account)))
  }

  function byLogin({ tls, smtpListener, popListener }: Door) {
    const { ports } = rig.engine
    const pop = { port: ports[popListener], tls }
    return { pop, smtp: { port: ports[smtpListener], tls }, sending: 'SMTP AUTH' } as const
  }

  async function hasRefused(reason: string, since: Date): Promise<boolean> {
    return (await prisma().protocolEvent.count({ where: { kind: 'refusal', reason, at: { gte: since } } })) > 0
  }

  for (const door of doors) {
    const { tls, smtpListener, popListener } = door

    it(`sends by SMTP AUTH through ${smtpListener}`, () =>
      recorded({ client, protocol: 'smtp', mechanism: 'PLAIN', tls }, async () => {
        const { taro, jiro } = rig
        const subject = newSubject(client)
        const since = new Date()
        await withSylpheed(taro, byLogin(door), async (sylpheed) => {
          sylpheed.queue(taro.address, jiro.address, letter(taro.address, jiro.address, subject))
          await sylpheed.send(() => !sylpheed.hasQueued)
        })
        assert.match(await arrived(jiro, subject), /hello\r\n\.\r\nthe line above is a dot\r\n/)
        assert.equal(await loginMechanism(smtpListener, since), 'PLAIN')
      }))

    it(`keeps the letter when ${smtpListener} says that the password is wrong`, async () => {
      const { taro, jiro } = rig
      const subject = newSubject(client)
      const since = new Date()
      await withSylpheed(taro, { ...byLogin(door), password: 'wrong' }, async (sylpheed) => {
        sylpheed.queue(taro.address, jiro.address, letter(taro.address, jiro.address, subject))
        await sylpheed.send(() => hasRefused('badCredentials', since))
        assert.ok(sylpheed.hasQueued)
      })
      assert.equal(await hasMessage(jiro, subject), false)
    })

    it(`receives from ${popListener}`, () =>
      recorded({ client, protocol: 'pop3', mechanism: 'USER/PASS', tls }, async () => {
        const { engine, taro, jiro } = rig
        const text = letter(jiro.address, taro.address, newSubject(client))
        const wire = await loggedInClient(engine, jiro.credential)
        await sendMessage(wire, jiro.address, taro.address, text.replaceAll('\n.', '\n..').replaceAll('\n', '\r\n'))
        wire.close()
        const since = new Date()
        await withSylpheed(taro, byLogin(door), (sylpheed) =>
          sylpheed.receive(() => sylpheed.received().includes(`\n${text}`)),
        )
        assert.equal(await loginMechanism(popListener, since), 'USER/PASS')
      }))
  }

  it('sends through smtp after it has received, and not before', () =>
    recorded({ client, protocol: 'smtp', mechanism: 'POP before SMTP', tls: 'none' }, async () => {
      const { ports } = rig.engine
      const { taro, jiro } = rig
      await prisma().relayWindow.deleteMany()
      const subject = newSubject(client)
      const text = letter(jiro.address, taro.address, subject)
      const servers = { pop: { port: ports.pop3s, tls: 'implicit' }, smtp: { port: ports.smtp, tls: 'none' } } as const
      const since = new Date()
      await withSylpheed(jiro, { ...servers, sending: 'nothing' }, async (sylpheed) => {
        sylpheed.queue(jiro.address, taro.address, text)
        await sylpheed.send(() => hasRefused('relayWindowMissing', since))
        assert.ok(sylpheed.hasQueued)
      })
      assert.equal(await hasMessage(taro, subject), false)
      await withSylpheed(jiro, { ...servers, sending: 'POP before SMTP' }, async (sylpheed) => {
        sylpheed.queue(jiro.address, taro.address, text)
        await sylpheed.send(() => !sylpheed.hasQueued)
      })
      assert.match(await arrived(taro, subject), /hello\r\n\.\r\nthe line above is a dot\r\n/)
      assert.equal(await loginMechanism('pop3s', since), 'USER/PASS')
    }))
})
