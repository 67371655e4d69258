import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { concealAddress, concealIn } from '#lib/mail/conceal.ts'

describe('correspondents, concealed', () => {
  for (const [address, shown] of [
    ['hanako@example.net', 'h•••@example.net'],
    ['jo@example.net', '•••@example.net'],
    ['"a b@c"@example.net', '"•••@example.net'],
    ['花子さん@example.net', '花•••@example.net'],
    ['postmaster', '•••'],
  ] as const) {
    test(`${address} is shown as ${shown}`, () => assert.equal(concealAddress(address), shown))
  }

  for (const [said, shown] of [
    ['550 5.1.1 <hanako@example.net>: unknown', '550 5.1.1 <h•••@example.net>: unknown'],
    ['550 Hanako is not here', '550 ••• is not here'],
    ['550 mailbox "hanako" full, ask taro@other.example', '550 mailbox "•••" full, ask t•••@other.example'],
    ['450 see https://example.net/?rcpt=hanako', '450 see https://example.net/?rcpt=•••'],
    ['450 hanakoya is closed', '450 hanakoya is closed'],
    ['', ''],
  ] as const) {
    test(`what a server says: ${said}`, () => assert.equal(concealIn(said, 'hanako@example.net'), shown))
  }

  test('a local part full of signs is taken as it is written', () => {
    assert.equal(concealIn('550 a.b+c* (x)', 'a.b+c*@example.net'), '550 ••• (x)')
  })
})
