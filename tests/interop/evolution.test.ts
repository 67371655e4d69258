/** Evolution finds its settings by itself: from the portal, over HTTPS, under the names that it tries. */
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { evolutionLibrary, lookUpWithEvolution } from '#tests/support/clients/evolution.ts'
import { missing, withHome } from '#tests/support/clients/run-client.ts'
import { startHttpsFront } from '#tests/support/https-front.ts'
import { recorded } from '#tests/support/interop.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { makeTestAuthority } from '#tests/support/test-authority.ts'

const domain = 'infonia.ne.jp'
const skip = existsSync(evolutionLibrary)
  ? missing('dbus-run-session')
  : `no ${evolutionLibrary}: apt-get install evolution`

describe('Evolution', { skip }, () => {
  let portal: TestPortal

  before(async () => {
    portal = await startPortal({ PORTAL_URL: `https://mail.${domain}` })
  })
  after(() => portal?.stop())

  const run = { client: 'evolution', protocol: 'autoconfig', mechanism: 'Mozilla autoconfig', tls: 'implicit' } as const

  /** Of several ways it takes the last that it understands: STARTTLS. */
  it('finds IMAP, POP and SMTP under autoconfig.<domain>', () =>
    recorded(run, async () => {
      const authority = await makeTestAuthority({ isTrusted: false })
      const front = await startHttpsFront(portal.url, await authority.issue([`autoconfig.${domain}`]))
      const found = await withHome((home) => {
        const authorityFile = join(home, 'authority.crt')
        writeFileSync(authorityFile, authority.certificate)
        return lookUpWithEvolution(`taro@${domain}`, { home, proxyPort: front.proxyPort, authorityFile })
      })
      await front.stop()
      assert.ok(front.wanted.includes(`autoconfig.${domain}:443`), front.wanted.join())
      const servers = found.split('\n').filter((line) => /^(?:IMAP|POP3|SMTP): /.test(line))
      assert.deepEqual(servers, [
        `IMAP: taro@${domain}@pop.${domain}:143`,
        `POP3: taro@${domain}@pop.${domain}:110`,
        `SMTP: taro@${domain}@smtpa.${domain}:587`,
      ])
    }))
})
