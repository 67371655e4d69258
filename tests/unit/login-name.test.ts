import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseLoginName } from '#lib/mail/login-name.ts'

const realm = { defaultDomain: 'infonia.ne.jp', hostedDomains: ['infonia.ne.jp', 'betomail.jp', 'club.infonia.ne.jp'] }

describe('parseLoginName', () => {
  const cases: [string, { name: string; domain: string | null } | null][] = [
    ['taro', { name: 'taro', domain: 'infonia.ne.jp' }],
    ['TARO', { name: 'taro', domain: 'infonia.ne.jp' }],
    ['ｔａｒｏ', { name: 'taro', domain: 'infonia.ne.jp' }],
    ['taro@infonia.ne.jp', { name: 'taro', domain: 'infonia.ne.jp' }],
    ['taro%infonia.ne.jp', { name: 'taro', domain: 'infonia.ne.jp' }],
    ['taro@pop.infonia.ne.jp', { name: 'taro', domain: 'infonia.ne.jp' }],
    ['taro@club.infonia.ne.jp', { name: 'taro', domain: 'club.infonia.ne.jp' }],
    ['taro@pop.club.infonia.ne.jp', { name: 'taro', domain: 'club.infonia.ne.jp' }],
    ['taro@betomail.jp', { name: 'taro', domain: 'betomail.jp' }],
    ['taro@example.com', { name: 'taro', domain: null }],
    ['taro@notinfonia.ne.jp', { name: 'taro', domain: null }],
    ['', null],
    ['@infonia.ne.jp', null],
    ['ta\0ro', null],
    ['taro\r\n', null],
    ['x'.repeat(321), null],
  ]
  for (const [text, expected] of cases) {
    it(JSON.stringify(text).slice(0, 40), () => assert.deepEqual(parseLoginName(text, realm), expected))
  }
})
