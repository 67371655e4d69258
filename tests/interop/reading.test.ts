/** Programs that a person sits at read a letter: on a terminal, in windows that nobody sees, in an Emacs. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { withAlpine } from '#tests/support/clients/alpine.ts'
import { receiveWithClaws } from '#tests/support/clients/claws-mail.ts'
import { type Display, startDisplay } from '#tests/support/clients/display.ts'
import { receiveWithMew } from '#tests/support/clients/mew.ts'
import { missing, withHome } from '#tests/support/clients/run-client.ts'
import {
  fetchWithThunderbird,
  socketTypes,
  thunderbirdMissing,
  withThunderbird,
} from '#tests/support/clients/thunderbird.ts'
import {
  arrived,
  type InteropRig,
  letter,
  loginMechanism,
  newSubject,
  recorded,
  startInteropRig,
} from '#tests/support/interop.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

const doors = [
  { listener: 'pop3', protocol: 'pop3', tls: 'starttls' },
  { listener: 'pop3s', protocol: 'pop3', tls: 'implicit' },
  { listener: 'imap', protocol: 'imap', tls: 'starttls' },
  { listener: 'imaps', protocol: 'imap', tls: 'implicit' },
] as const

type Door = (typeof doors)[number]

describe('reading with a real client', () => {
  let rig: InteropRig
  let text: string
  let subject: string

  before(async () => {
    rig = await startInteropRig()
    const { engine, taro, jiro } = rig
    subject = newSubject('reading')
    text = letter(taro.address, jiro.address, subject)
    const wire = await loggedInClient(engine, taro.credential)
    await sendMessage(wire, taro.address, jiro.address, text.replaceAll(/^\./gm, '..').replaceAll('\n', '\r\n'))
    wire.close()
    await arrived(jiro, subject)
  })
  after(() => rig.stop())

  const account = () => ({ ...rig.jiro.credential, authorityFile: rig.engine.authorityFile })

  /** What the client did goes into the record; how it logged in, the engine says. */
  function reads(
    client: string,
    { listener, protocol, tls }: Door,
    mechanism: string,
    read: (home: string) => Promise<void>,
  ): Promise<void> {
    return recorded({ client, protocol, mechanism, tls }, async () => {
      const since = new Date()
      await withHome(read)
      assert.equal(await loginMechanism(listener, since), mechanism)
    })
  }

  for (const door of doors.filter(({ protocol }) => protocol === 'imap')) {
    it(`alpine opens the letter from ${door.listener}`, { skip: missing('alpine') || missing('tmux') }, () =>
      reads('alpine', door, 'PLAIN', (home) =>
        withAlpine(
          home,
          { ...account(), imap: { port: rig.engine.ports[door.listener], tls: door.tls } },
          async (alpine) => {
            await alpine.shows(new RegExp(`1 .*${subject}`))
            await alpine.type('Enter')
            assert.match(await alpine.shows(/the line above is a dot/), /hello/)
            await alpine.type('q')
          },
        ),
      ),
    )
  }

  describe('in windows', { skip: missing('claws-mail') || missing('Xvfb') || missing('xdotool') }, () => {
    let display: Display
    before(async () => {
      display = await startDisplay()
    })
    after(() => display.stop())

    for (const door of doors.filter(({ protocol }) => protocol === 'pop3')) {
      it(`Claws Mail receives from ${door.listener}`, () =>
        reads('claws-mail', door, 'USER/PASS', (home) => {
          const { address } = rig.jiro
          const pop = { port: rig.engine.ports[door.listener], tls: door.tls }
          return receiveWithClaws(
            home,
            display,
            { ...account(), certificateFile: rig.engine.certificateFile, address, pop },
            (got) => got.includes(text),
          )
        }))
    }
  })

  it('Mew receives from pop3s', { skip: missing('mewl') || missing('stunnel4') }, () =>
    reads('mew', doors[1], 'USER/PASS', async (home) => {
      const { got, output } = await receiveWithMew(home, { ...account(), port: rig.engine.ports.pop3s })
      assert.ok(got.includes(text), output)
    }),
  )

  for (const door of doors) {
    it(`Thunderbird fetches from ${door.listener}`, { skip: thunderbirdMissing }, () =>
      reads('thunderbird', door, 'PLAIN', (home) => {
        const authority = readFileSync(rig.engine.authorityFile, 'utf8')
        return withThunderbird({ home, authority }, async (marionette) => {
          const { username, password } = account()
          const [got = ''] = await fetchWithThunderbird(marionette, {
            type: door.protocol,
            port: rig.engine.ports[door.listener],
            socketType: socketTypes[door.tls === 'implicit' ? 'tls' : 'starttls'],
            username,
            password,
          })
          assert.ok(got.replaceAll('\r\n', '\n').includes(text.slice(text.indexOf('Subject:'))), got)
        })
      }),
    )
  }
})
