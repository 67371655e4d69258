import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readCourierUidls, readDovecotUidList, readUidDatabase } from '#lib/engine/migration/maildir-numbers.ts'
import { openMaildirSource } from '#lib/engine/migration/maildir-source.ts'
import { matchUidls } from '#lib/engine/migration/match-uidls.ts'
import { readMbox } from '#lib/engine/migration/mbox.ts'
import { plannedName } from '#lib/engine/migration/migrated-folders.ts'
import { sourcePath } from '#lib/engine/migration/source-path.ts'
import { toWireLines } from '#lib/engine/migration/wire-lines.ts'
import { loginFrom } from '#lib/migration/login-form.ts'
import { readMailboxList } from '#lib/migration/mailbox-list.ts'

describe('numbers that old servers kept beside a Maildir', () => {
  test('dovecot-uidlist, version 3', () => {
    const read = readDovecotUidList('3 V1600000000 N103 Gabc\n101 :one.M1\n102 W30 Pold-uidl :two:2,S\nrubbish\n')
    assert.deepEqual(read, {
      uidValidity: 1_600_000_000,
      uidNext: 103,
      uids: new Map([
        ['one.M1', 101],
        ['two', 102],
      ]),
      uidls: new Map([['two', 'old-uidl']]),
    })
  })

  test('courierimapuiddb and dovecot-uidlist, version 1', () => {
    const read = readUidDatabase('1 1500000000 8\n6 one\n7 two\n')
    assert.equal(read?.uidValidity, 1_500_000_000)
    assert.equal(read?.uids.get('two'), 7)
    assert.equal(readUidDatabase('nothing of the kind\n'), null)
  })

  test('courierpop3dsizelist', () => {
    const read = readCourierUidls('/2 8 1500000000\none,S=20 21 6:1500000000\nbad\n')
    assert.deepEqual([...read], [['one,S=20', 'UID6-1500000000']])
  })
})

describe('mbox', () => {
  const file = [
    "From MAILER-DAEMON Sat Nov 28 10:00:00 2026\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n",
    'X-IMAP: 1600000000 12\n\nThis text is internal.\n\n',
    'From a@example.net Sat Nov 28 10:00:01 2026\nSubject: one\nStatus: RO\nX-Status: AF\nX-UID: 7\n\n>From here\nFrom there\n\n',
    'From b@example.net Sat Nov 28 10:00:02 2026\nSubject: two\nX-UID: 9\nX-Keywords: later\n\nend\n',
  ].join('')

  test('its messages, their flags and numbers, without what the server kept in them', () => {
    const { uidValidity, messages } = readMbox(Buffer.from(file))
    assert.equal(uidValidity, 1_600_000_000)
    assert.deepEqual(
      messages.map(({ uid, flags, content }) => ({ uid, flags, content: content.toString() })),
      [
        {
          uid: 7,
          flags: ['\\Seen', '\\Answered', '\\Flagged'],
          content: 'Subject: one\r\n\r\nFrom here\r\nFrom there\r\n',
        },
        { uid: 9, flags: ['later'], content: 'Subject: two\r\n\r\nend\r\n' },
      ],
    )
  })

  test('no mbox has no messages', () => assert.deepEqual(readMbox(Buffer.from('hello\n')).messages, []))
})

test('line ends become those of the wire, and no other byte changes', () => {
  assert.equal(toWireLines(Buffer.from('a\nb\r\nc\rd\n\n')).toString(), 'a\r\nb\r\nc\rd\r\n\r\n')
  assert.equal(toWireLines(Buffer.from('\n')).toString(), '\r\n')
  assert.equal(toWireLines(Buffer.from('no end')).toString(), 'no end')
})

test('folder names that cannot be kept become the nearest that can', () => {
  const taken = new Set(['a_b'])
  assert.equal(plannedName(['a/b'], taken), 'a_b (2)')
  assert.equal(plannedName(['inbox', ''], taken), 'INBOX/_')
  assert.equal(plannedName(['50%'], taken), '50_')
  assert.equal(plannedName(['x'.repeat(600)], taken), null)
})

test('login forms', () => {
  assert.equal(loginFrom('{login}*migrator', 'taro', 'infonia.ne.jp'), 'taro*migrator')
  assert.equal(loginFrom('{address}', 'taro', 'infonia.ne.jp'), 'taro@infonia.ne.jp')
  assert.equal(loginFrom('{domain}/{login}', 'taro@old.example', 'infonia.ne.jp'), 'old.example/taro')
})

test('a list of mailboxes is read with its lines', () => {
  const { entries, faults } = readMailboxList('# ours\nTaro@infonia.ne.jp,t1,"p,w"\n\nnobody\nb@infonia.ne.jp\n', true)
  assert.deepEqual(entries, [{ line: 2, address: 'taro@infonia.ne.jp', sourceLogin: 't1', password: 'p,w' }])
  assert.deepEqual(faults, [
    { line: 4, text: 'nobody', problem: 'notAnAddress' },
    { line: 5, text: 'b@infonia.ne.jp', problem: 'noPassword' },
  ])
})

describe('POP3 names of messages that came by IMAP', () => {
  const listing = (entries: readonly [number, number, string][], headers: Readonly<Record<string, string>> = {}) => ({
    entries: entries.map(([number, sizeBytes, uidl]) => ({ number, sizeBytes, uidl })),
    readHeader: async ({ uidl }: { uidl: string }) => Buffer.from(headers[uidl] ?? ''),
    close: async () => {},
  })
  const headerOf = (headers: Readonly<Record<number, string>>) => async (uid: number) => Buffer.from(headers[uid] ?? '')

  test('by order and size', async () => {
    const messages = [10, 10, 12].map((sizeBytes, index) => ({ uid: index + 1, sizeBytes }))
    const { uidls, unmatched } = await matchUidls(
      listing([
        [1, 10, 'a'],
        [2, 10, 'b'],
      ]),
      messages,
      headerOf({}),
    )
    assert.deepEqual(
      [...uidls],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    )
    assert.deepEqual(unmatched, [])
  })

  test('by size alone, by header, or not at all', async () => {
    const messages = [30, 10, 10].map((sizeBytes, index) => ({ uid: index + 1, sizeBytes }))
    const asked = listing(
      [
        [1, 10, 'a'],
        [2, 10, 'b'],
        [3, 30, 'c'],
        [4, 99, 'd'],
      ],
      {
        a: 'Subject: two\r\n\r\n',
        b: 'Subject: three\r\n\r\n',
        d: 'Subject: elsewhere\r\n\r\n',
      },
    )
    const known = headerOf({ 2: 'Subject: two\r\n\r\nbody', 3: 'Subject: three\r\n\r\nbody' })
    const { uidls, unmatched } = await matchUidls(asked, messages, known)
    assert.deepEqual(
      new Map(uidls),
      new Map([
        [1, 'c'],
        [2, 'a'],
        [3, 'b'],
      ]),
    )
    assert.deepEqual(
      unmatched.map(({ uidl }) => uidl),
      ['d'],
    )
  })
})

describe('files below MIGRATION_DIR', () => {
  let root: string
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'migration-'))
    for (const directory of ['cur', 'new', '.Sent/cur']) mkdirSync(join(root, 'taro', directory), { recursive: true })
    writeFileSync(join(root, 'taro/cur/one:2,S'), 'Subject: one\n\n')
    writeFileSync(join(root, 'taro/courierimapuiddb'), '1 1500000000 8\n6 one\n')
    symlinkSync('/etc', join(root, 'out'))
  })
  after(() => rmSync(root, { recursive: true, force: true }))

  test('are found, and nothing else is', async () => {
    assert.ok((await sourcePath(root, '', 'taro')).endsWith('/taro'))
    for (const name of ['../taro', 'out', 'taro/../../x', '', 'nobody', 'a\0b']) {
      await assert.rejects(sourcePath(root, '', name), { name: 'SourceFailed' }, name)
    }
    await assert.rejects(sourcePath(null, '', 'taro'), { name: 'SourceFailed' })
  })

  test('a Maildir of Courier', async () => {
    const source = await openMaildirSource(join(root, 'taro'))
    const [inbox, sent] = await source.listFolders()
    assert.deepEqual([inbox?.levels, sent?.levels, sent?.specialUse], [['INBOX'], ['Sent'], '\\Sent'])
    assert.ok(inbox)
    const { numbers, entries } = await source.openFolder(inbox)
    assert.deepEqual(numbers, { uidValidity: 1_500_000_000, uidNext: 8, highestModseq: 1 })
    assert.deepEqual(
      entries.map(({ uid, flags }) => [uid, flags]),
      [[6, 1]],
    )
    const messages = []
    for await (const { content } of source.fetch(entries)) messages.push(content.toString())
    assert.deepEqual(messages, ['Subject: one\r\n\r\n'])
  })
})
