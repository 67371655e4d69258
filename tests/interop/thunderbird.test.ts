/** Thunderbird finds its settings by itself: from the portal, over HTTPS, under the names that it tries. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { withHome } from '#tests/support/clients/run-client.ts'
import {
  type FoundServer,
  type FoundSettings,
  findSettings,
  passwordCleartext,
  socketTypes,
  throughProxy,
  thunderbirdMissing,
  withThunderbird,
} from '#tests/support/clients/thunderbird.ts'
import { type HttpsFront, startHttpsFront } from '#tests/support/https-front.ts'
import { recorded } from '#tests/support/interop.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { makeTestAuthority, type TestAuthority } from '#tests/support/test-authority.ts'

const domain = 'infonia.ne.jp'

describe('Thunderbird', { skip: thunderbirdMissing }, () => {
  let portal: TestPortal
  let authority: TestAuthority
  let operator: Awaited<ReturnType<typeof import('#tests/support/people.ts').addOperator>>

  before(async () => {
    portal = await startPortal({ PORTAL_URL: `https://mail.${domain}`, HOSTED_DOMAINS: 'second.example' })
    operator = await (await import('#tests/support/people.ts')).addOperator()
    authority = await makeTestAuthority({ isTrusted: false })
  })
  after(() => portal?.stop())

  /** @param names that the site has a certificate for */
  async function found(
    address: string,
    names: readonly string[],
  ): Promise<{ settings: FoundSettings; front: HttpsFront }> {
    const front = await startHttpsFront(portal.url, await authority.issue(names))
    let settings: FoundSettings | undefined
    const { proxyPort } = front
    await withHome((home) =>
      withThunderbird(
        { home, authority: authority.certificate, preferences: throughProxy(proxyPort) },
        async (marionette) => {
          settings = await findSettings(marionette, address)
        },
      ),
    )
    await front.stop()
    assert.ok(settings !== undefined)
    return { settings, front }
  }

  const server = (
    type: string,
    hostname: string,
    port: number,
    security: keyof typeof socketTypes,
    username: string,
  ): FoundServer => {
    return { type, hostname, port, socketType: socketTypes[security], auth: passwordCleartext, username }
  }

  const run = {
    client: 'thunderbird',
    protocol: 'autoconfig',
    mechanism: 'Mozilla autoconfig',
    tls: 'implicit',
  } as const

  it('finds IMAP and SMTP with TLS under autoconfig.<domain>', () =>
    recorded(run, async () => {
      const address = `taro@${domain}`
      const { settings, front } = await found(address, [`autoconfig.${domain}`])
      assert.deepEqual(settings, {
        source: 'xml-from-isp-https',
        incoming: server('imap', `pop.${domain}`, 993, 'tls', address),
        outgoing: server('smtp', `smtpa.${domain}`, 465, 'tls', address),
      })
      assert.ok(front.wanted.includes(`autoconfig.${domain}:443`))
    }))

  it('finds them at the well-known place of a further domain too, for an address that nobody has', async () => {
    const { settings } = await found('nobody@second.example', ['second.example'])
    assert.equal(settings.source, 'xml-from-isp-https')
    assert.equal(settings.incoming.hostname, `pop.${domain}`)
  })

  it('is told of another door when the policy closes one', async () => {
    const { changePolicy } = await import('#tests/support/people.ts')
    await changePolicy(operator, ({ listeners }) => {
      listeners.imaps.enabled = false
      listeners.submissions.enabled = false
    })
    const address = `taro@${domain}`
    const { settings } = await found(address, [`autoconfig.${domain}`])
    assert.deepEqual(settings.incoming, server('imap', `pop.${domain}`, 143, 'starttls', address))
    assert.deepEqual(settings.outgoing, server('smtp', `smtpa.${domain}`, 587, 'starttls', address))
  })
})
