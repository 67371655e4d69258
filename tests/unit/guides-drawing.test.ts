import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '#lib/guides/bilingual.ts'
import { catalogue } from '#lib/guides/catalogue.ts'
import { connectionSettings } from '#lib/guides/connection-settings.ts'
import { panelsOf, wrap } from '#lib/guides/drawing.ts'
import { type ResolvedStep, sectionsOf } from '#lib/guides/resolve-steps.ts'
import { setupOf } from '#lib/guides/setup.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'

const hosts = { old: 'mx.example.net', pop: 'pop.example.net', smtp: 'smtp.example.net', smtpa: 'smtpa.example.net' }
const ports = {
  smtp: 25,
  submission: 587,
  submissions: 465,
  submissionLegacy: 587,
  pop3: 110,
  pop3s: 995,
  imap: 143,
  imaps: 993,
}
const settings = connectionSettings({ domain: 'example.net', hosts }, ports, defaultPolicy)

const host = { text: { ja: 'pop.example.net', en: 'pop.example.net' }, literal: true }

test('a new screen starts where a path is opened after something was set; a last button belongs to its screen', () => {
  const steps: ResolvedStep[] = [
    { kind: 'open', path: ['Tools', 'Accounts'] },
    { kind: 'say', text: { ja: '選びます', en: 'Select' } },
    { kind: 'open', path: ['Servers'] },
    { kind: 'fill', label: 'Incoming mail (POP3)', slot: 'incomingHost', value: host },
    { kind: 'open', path: ['Settings'] },
    { kind: 'turn', label: 'My server requires authentication', on: true },
    { kind: 'open', path: ['OK'] },
  ]
  assert.deepEqual(panelsOf(steps, 'en'), [
    {
      crumbs: ['Tools', 'Accounts', 'Servers'],
      controls: [{ kind: 'field', label: 'Incoming mail (POP3)', value: 'pop.example.net', isGeneric: false }],
    },
    {
      crumbs: ['Settings'],
      controls: [
        { kind: 'check', label: 'My server requires authentication', on: true },
        { kind: 'button', label: 'OK' },
      ],
    },
  ])
})

test('every control has a label, and a field whose label is not known is marked', () => {
  for (const client of catalogue) {
    for (const language of languages) {
      const person = { address: 'taro@example.net', name: 'Taro', username: 'taro-x7km' }
      for (const section of sectionsOf(setupOf(client, settings, {}, person), language)) {
        for (const control of panelsOf(section.steps, language).flatMap(({ controls }) => controls)) {
          assert.ok(control.label.length > 0, `${client.id} ${section.purpose}`)
          if (section.edition === null && control.kind === 'field') assert.equal(control.isGeneric, true, client.id)
        }
      }
    }
  }
})

test('labels are broken into lines that fit, with Latin words whole', () => {
  assert.deepEqual(wrap('受信サーバーの名前', 5), ['受信サーバ', 'ーの名前'])
  assert.deepEqual(wrap('Use same settings as my incoming mail server', 12), [
    'Use same settings as',
    'my incoming mail',
    'server',
  ])
  assert.deepEqual(wrap('', 10), [])
})
