import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'

describe('parseMailAddress', () => {
  const accepted: [string, string, string][] = [
    ['taro@infonia.ne.jp', 'taro', 'infonia.ne.jp'],
    ['Taro.Yamada+list@INFONIA.NE.JP', 'Taro.Yamada+list', 'infonia.ne.jp'],
    ['taro..x.@docomo.ne.jp', 'taro..x.', 'docomo.ne.jp'],
    ['"a b@c"@example.jp', '"a b@c"', 'example.jp'],
    ['"taro.y\\amada"@infonia.ne.jp', 'taro.yamada', 'infonia.ne.jp'],
    ['"taro..x."@docomo.ne.jp', '"taro..x."', 'docomo.ne.jp'],
    ['""@example.jp', '""', 'example.jp'],
    ['taro@日本語.jp', 'taro', 'xn--wgv71a119e.jp'],
    ['taro@Bücher.example', 'taro', 'xn--bcher-kva.example'],
    ['taro@bu\u0308cher.example', 'taro', 'xn--bcher-kva.example'],
    ['x@[192.0.2.1]', 'x', '[192.0.2.1]'],
  ]
  for (const [text, localPart, domain] of accepted) {
    it(`accepts ${text}`, () => assert.deepEqual(parseMailAddress(text), { localPart, domain }))
  }

  const refused = [
    '',
    'taro',
    '@infonia.ne.jp',
    'taro@',
    'taro@infonia.ne.jp@example.com',
    'taro＠infonia.ne.jp',
    'taro@ｉnfonia.ne.jp',
    'taro@infonia。ne.jp',
    'taro@\ufb01rma.example',
    '"ta\x0bro"@infonia.ne.jp',
    'ta\u0085ro@infonia.ne.jp',
    'ta\u2028ro@infonia.ne.jp',
    'taro@infonia..jp',
    'taro@-x.jp',
    'ta ro@infonia.ne.jp',
    'taro@infonia.ne.jp>,<x@example.com',
    'taro\0@infonia.ne.jp',
    'taro\r\n@infonia.ne.jp',
    '@relay.example:taro@infonia.ne.jp',
    `${'x'.repeat(65)}@infonia.ne.jp`,
    `x@${'a.'.repeat(130)}jp`,
  ]
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text).slice(0, 50)}`, () => assert.equal(parseMailAddress(text), null))
  }

  it('compares hosted addresses without case', () => {
    const address = parseMailAddress('Taro@Infonia.NE.jp')
    assert.ok(address)
    assert.equal(canonicalAddress(address), 'taro@infonia.ne.jp')
  })
})
