/** As whom browsers know the portal: by its configured name, or not at all. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relyingPartyAt } from '#lib/passkeys/relying-party.ts'

const cases: readonly [portalUrl: string, id: string | null, origin?: string][] = [
  ['https://mail.example.net', 'mail.example.net', 'https://mail.example.net'],
  ['https://mail.example.net:8443', 'mail.example.net', 'https://mail.example.net:8443'],
  ['http://127.0.0.1:3000', 'localhost', 'http://localhost:3000'],
  ['http://[::1]:3000', 'localhost', 'http://localhost:3000'],
  ['http://localhost:3000', 'localhost', 'http://localhost:3000'],
  ['http://mail.example.net', null],
  ['https://192.0.2.7', null],
  ['https://[2001:db8::7]', null],
]

for (const [portalUrl, id, origin] of cases) {
  test(`${portalUrl}: ${id ?? 'no passkeys'}`, () => {
    const party = relyingPartyAt(portalUrl, 'Infonia')
    assert.equal(party?.id ?? null, id)
    assert.equal(party?.origin, origin)
  })
}
