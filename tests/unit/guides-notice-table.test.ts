import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findClient } from '#lib/guides/catalogue.ts'
import { footnotes, legend } from '#lib/guides/notice-legend.ts'
import { noticeRows, printedMark } from '#lib/guides/notice-table.ts'
import { matrix } from '#tests/support/matrix.ts'

/** The lines of the notice's table, letter by letter: \u2212 is a minus sign, \u203b is ※, \u00a0 a no-break space. */
const windowsLines = [
  'AL-Mail32 1.12 \u2212\u203b4',
  'AL-Mail32 1.13',
  'Becky! Internet Mail 2',
  'Datula 1.52.01',
  'Eudora 4.1J',
  'Eudora 5.0J',
  'Eudora 5.1J \u25cb\u203b1\u203b2',
  'EdMax 2.85',
  'Microsoft Outlook 98 \u25cb\u203b5',
  'Microsoft Outlook 2000',
  'Microsoft Outlook 2002(XP)',
  'Microsoft Outlook Express 4.0',
  'Microsoft Outlook Express 5.0',
  'Microsoft Outlook Express 5.5',
  'Microsoft Outlook Express 6.0',
  'Netscape Communicator 4.51 \u25cb\u203b5',
  'Netscape Communicator 4.75',
  'Netscape 6 Mail',
  'Netscape 7 Mail & Newsgroups',
  'Shuriken 2.2\u00a0',
  'PostPet 2.0',
  'PostPet V3',
  'Winbiff 2.4.1',
  '\u9db4\u4e80\u30e1\u2212\u30eb 2.05',
  '\u96fb\u4fe1\u516b\u53f7 32.1.3.1 \u25cb\u203b1',
]
const macintoshLines = [
  'ARENA Internet Mailer Ver2.2',
  'Mail 10.1 (Mac OS X\u306b\u4ed8\u5c5e)',
  'Eudora 4.3 \u25b3\u203b1',
  'Eudora 5.0J \u25b3\u203b1',
  'Microsoft Entourage X for Mac',
  'Microsoft Outlook Express 5.02 \u2212\u203b4',
  'Microsoft Outlook Express 5.04/5.05',
  'Netscape 6 Mail',
  'Sweet Mail 2.2',
  'PostPet 2.0',
  'PostPet V3',
]

describe('the table of the notice', () => {
  const { check } = matrix('notice-rows', 'Rows of the notice, letter by letter and in their order')
  const expected = [
    ...windowsLines.map((line) => ({ platform: 'Windows', line })),
    ...macintoshLines.map((line) => ({ platform: 'Macintosh', line })),
  ]
  for (const [index, row] of expected.entries()) {
    check(`${row.platform} ${row.line}`, async () => {
      const found = noticeRows[index]
      assert.ok(found)
      const line = found.mark.kind === 'printed' ? `${found.name} ${printedMark(found)}` : found.name
      assert.deepEqual({ platform: found.platform, line }, row)
    })
  }

  test('has 36 rows', () => assert.equal(noticeRows.length, expected.length))
})

test('every row leads to a client of its own, of the same platform', () => {
  assert.equal(new Set(noticeRows.map(({ clientId }) => clientId)).size, 36)
  for (const { clientId, platform } of noticeRows) {
    const client = findClient(clientId)
    assert.ok(client, clientId)
    assert.equal(client.era, 'notice', clientId)
    assert.deepEqual(client.platforms, [platform === 'Windows' ? 'windows' : 'macintosh'], clientId)
  }
})

test('a lost mark is never passed off as printed, and always has its reason in both languages', () => {
  const lost = noticeRows.flatMap(({ mark }) => (mark.kind === 'lost' ? [mark] : []))
  assert.equal(lost.length, 28)
  for (const { reason } of lost) {
    assert.match(reason.ja, /[ぁ-ん]/)
    assert.match(reason.en, /^[\x20-\x7e’“”−○△※\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]+$/u)
  }
  assert.deepEqual(
    noticeRows
      .filter(({ mark }) => mark.kind === 'lost' && mark.certainty === 'too-low')
      .map(({ clientId }) => clientId),
    ['eudora-5-0j', 'sweet-mail-2-2'],
  )
})

test('※1 rows, and only such, say that the client needs the whole address', () => {
  for (const { mark, clientId } of noticeRows) {
    if (mark.kind !== 'printed') continue
    const form = findClient(clientId)?.userNameForm.value
    assert.equal(form === 'mail-address', mark.footnotes.includes(1), clientId)
  }
})

test('the legend has the three marks of the notice; the five footnotes carry the configured domain', () => {
  assert.deepEqual(
    legend.map(({ mark }) => mark),
    ['\u2212', '\u25cb', '\u25b3'],
  )
  assert.equal(legend[2]?.meaning.ja, 'マニュアル等に対応と記述されている場合(弊社未検証)')
  const notes = footnotes('example.net')
  assert.deepEqual(
    notes.map(({ number }) => number),
    [1, 2, 3, 4, 5],
  )
  assert.match(notes[0]?.text.ja ?? '', /xxxxx@example\.net/)
  assert.doesNotMatch(JSON.stringify(notes), /infonia/)
})
