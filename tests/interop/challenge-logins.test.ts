/** Real clients log in by CRAM-MD5 and APOP, with a password that was issued for it. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { issueRecoverable, offerChallengeLogins } from '#tests/support/challenge-logins.ts'
import * as receiving from '#tests/support/clients/receive-with.ts'
import { missing, withHome } from '#tests/support/clients/run-client.ts'
import * as sending from '#tests/support/clients/send-with.ts'
import {
  arrived,
  type InteropRig,
  letter,
  loginMechanism,
  newSubject,
  recorded,
  startInteropRig,
} from '#tests/support/interop.ts'
import type { TestCredential } from '#tests/support/mailbox.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

const senders: Readonly<Record<string, sending.SendWith>> = {
  swaks: sending.swaks,
  curl: sending.curl,
  msmtp: sending.msmtp,
  mutt: sending.mutt,
  's-nail': sending.sNail,
}

type Receiver = {
  readonly receive: receiving.ReceiveWith
  readonly debianPackage?: string
  readonly mechanisms: Partial<Record<'pop3s' | 'imaps', readonly string[]>>
}

const receivers: Readonly<Record<string, Receiver>> = {
  fetchmail: { receive: receiving.fetchmail, mechanisms: { pop3s: ['CRAM-MD5', 'APOP'], imaps: ['CRAM-MD5'] } },
  mpop: { receive: receiving.mpop, mechanisms: { pop3s: ['CRAM-MD5', 'APOP'] } },
  mutt: { receive: receiving.mutt, mechanisms: { pop3s: ['CRAM-MD5', 'APOP'], imaps: ['CRAM-MD5'] } },
  curl: { receive: receiving.curl, mechanisms: { pop3s: ['CRAM-MD5', 'APOP'], imaps: ['CRAM-MD5'] } },
  mbsync: { receive: receiving.mbsync, debianPackage: 'isync', mechanisms: { imaps: ['CRAM-MD5'] } },
  getmail: { receive: receiving.getmail, debianPackage: 'getmail6', mechanisms: { pop3s: ['APOP'] } },
}

const doors = [
  { listener: 'submission', tls: 'starttls' },
  { listener: 'submissions', tls: 'implicit' },
] as const

describe('CRAM-MD5 and APOP with a real client', () => {
  let rig: InteropRig
  let kept: TestCredential
  let subject: string

  before(async () => {
    rig = await startInteropRig({ policy: offerChallengeLogins })
    const { engine, taro, jiro } = rig
    kept = await issueRecoverable(jiro)
    subject = newSubject('kept')
    const wire = await loggedInClient(engine, taro.credential)
    await sendMessage(
      wire,
      taro.address,
      jiro.address,
      letter(taro.address, jiro.address, subject).replace('\n.\n', '\n..\n').replaceAll('\n', '\r\n'),
    )
    wire.close()
    await arrived(jiro, subject)
  })
  after(() => rig.stop())

  for (const [client, send] of Object.entries(senders)) {
    for (const { listener, tls } of doors) {
      it(`${client} sends by CRAM-MD5 on ${listener}`, { skip: missing(client) }, () =>
        recorded({ client, protocol: 'smtp', mechanism: 'CRAM-MD5', tls }, async () => {
          const { engine, taro, jiro } = rig
          const sent = newSubject(client)
          const since = new Date()
          const run = await withHome((home) =>
            send(home, {
              port: engine.ports[listener],
              tls,
              authorityFile: engine.authorityFile,
              login: { mechanism: 'CRAM-MD5', username: jiro.address, password: kept.password },
              from: jiro.address,
              to: taro.address,
              text: letter(jiro.address, taro.address, sent),
            }),
          )
          assert.equal(run.code, 0, run.output)
          await arrived(taro, sent)
          assert.equal(await loginMechanism(listener, since), 'CRAM-MD5')
        }),
      )
    }
  }

  for (const [client, { receive, debianPackage = client, mechanisms }] of Object.entries(receivers)) {
    for (const [listener, protocol] of [
      ['pop3s', 'pop3'],
      ['imaps', 'imap'],
    ] as const) {
      for (const mechanism of mechanisms[listener] ?? []) {
        it(`${client} receives by ${mechanism} from ${listener}`, { skip: missing(client) }, () =>
          recorded({ client: debianPackage, protocol, mechanism, tls: 'implicit' }, async () => {
            const { engine } = rig
            const since = new Date()
            const { code, output, got } = await withHome((home) =>
              receive(home, {
                protocol,
                port: engine.ports[listener],
                tls: 'implicit',
                authorityFile: engine.authorityFile,
                login: { mechanism, username: kept.username, password: kept.password },
              }),
            )
            assert.equal(code, 0, output)
            assert.ok(got.includes(subject), output)
            assert.equal(await loginMechanism(listener, since), mechanism)
          }),
        )
      }
    }
  }
})
