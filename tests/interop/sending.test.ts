/** Real clients send: by SMTP AUTH through smtpa, and by POP before SMTP through smtp. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { missing, runClient, withHome } from '#tests/support/clients/run-client.ts'
import { curl, msmtp, mutt, type SendWith, sNail, swaks } from '#tests/support/clients/send-with.ts'
import {
  arrived,
  hasMessage,
  type InteropRig,
  letter,
  loginMechanism,
  loginRefused,
  newSubject,
  recorded,
  startInteropRig,
} from '#tests/support/interop.ts'
import type { InteropFacts } from '#tests/support/interop-record.ts'

const clients: Readonly<Record<string, { send: SendWith; mechanisms: string[] }>> = {
  swaks: { send: swaks, mechanisms: ['PLAIN', 'LOGIN'] },
  curl: { send: curl, mechanisms: ['PLAIN', 'LOGIN'] },
  msmtp: { send: msmtp, mechanisms: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'] },
  mutt: { send: mutt, mechanisms: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'] },
  's-nail': { send: sNail, mechanisms: ['PLAIN', 'LOGIN'] },
}

const doors = [
  { listener: 'submission', tls: 'starttls' },
  { listener: 'submissions', tls: 'implicit' },
] as const

describe('sending with a real client', () => {
  let rig: InteropRig

  before(async () => {
    rig = await startInteropRig()
  })
  after(() => rig.stop())

  for (const [client, { send, mechanisms }] of Object.entries(clients)) {
    for (const { listener, tls } of doors) {
      for (const mechanism of mechanisms) {
        it(`${client} by SMTP AUTH ${mechanism} on ${listener}`, { skip: missing(client) }, () =>
          recorded({ client, protocol: 'smtp', mechanism, tls }, async () => {
            const { engine, taro, jiro } = rig
            const subject = newSubject(client)
            const since = new Date()
            const run = await withHome((home) =>
              send(home, {
                port: engine.ports[listener],
                tls,
                authorityFile: engine.authorityFile,
                login: { mechanism, username: taro.address, password: taro.credential.password },
                from: taro.address,
                to: jiro.address,
                text: letter(taro.address, jiro.address, subject),
              }),
            )
            assert.equal(run.code, 0, run.output)
            assert.match(await arrived(jiro, subject), /hello\r\n\.\r\nthe line above is a dot\r\n/)
            assert.equal(await loginMechanism(listener, since), mechanism)
          }),
        )
      }
    }

    it(`${client} hears that a password is wrong`, { skip: missing(client) }, async () => {
      const { engine, taro, jiro } = rig
      const subject = newSubject(client)
      const since = new Date()
      const run = await withHome((home) =>
        send(home, {
          port: engine.ports.submissions,
          tls: 'implicit',
          authorityFile: engine.authorityFile,
          login: { mechanism: 'PLAIN', username: taro.address, password: 'wrong' },
          from: taro.address,
          to: jiro.address,
          text: letter(taro.address, jiro.address, subject),
        }),
      )
      assert.notEqual(run.code, 0, run.output)
      await loginRefused('submissions', since)
      assert.equal(await hasMessage(jiro, subject), false)
    })
  }

  const popBeforeSmtp: Omit<InteropFacts, 'client'> = {
    protocol: 'smtp',
    mechanism: 'POP before SMTP',
    tls: 'none',
  }
  for (const [client, { send }] of Object.entries(clients)) {
    const skip = missing(client) || missing('curl')
    it(`${client} through smtp, before and after receiving`, { skip }, () =>
      recorded({ client, ...popBeforeSmtp }, async () => {
        const { engine, taro, jiro } = rig
        await prisma().relayWindow.deleteMany()
        const subject = newSubject(client)
        const trySending = (home: string) =>
          send(home, {
            port: engine.ports.smtp,
            tls: 'none',
            authorityFile: engine.authorityFile,
            login: null,
            from: jiro.address,
            to: taro.address,
            text: letter(jiro.address, taro.address, subject),
          })
        await withHome(async (home) => {
          const refused = await trySending(home)
          assert.notEqual(refused.code, 0, refused.output)
          const { username, password } = jiro.credential
          const received = await runClient(
            'curl',
            [
              '-sS',
              '--cacert',
              engine.authorityFile,
              '-u',
              `${username}:${password}`,
              `pop3s://localhost:${engine.ports.pop3s}/`,
            ],
            { home },
          )
          assert.equal(received.code, 0, received.output)
          const accepted = await trySending(home)
          assert.equal(accepted.code, 0, accepted.output)
        })
        await arrived(taro, subject)
      }),
    )
  }
})
