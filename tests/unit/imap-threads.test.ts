/** Who answers whom: "id<parent,grandparent" with a subject, in the order of their dates; and how THREAD writes it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatThreads, type ThreadedMessage } from '#lib/engine/imap/ordering/thread.ts'
import { threadByReferences } from '#lib/engine/imap/ordering/thread-by-references.ts'
import { threadBySubject } from '#lib/engine/imap/ordering/thread-by-subject.ts'
import { baseSubject } from '#lib/mime/base-subject.ts'

type Letter = readonly [id: string | null, references: string, subject: string]

function messagesOf(letters: readonly Letter[]): ThreadedMessage[] {
  return letters.map(([messageId, references, subject], index) => {
    const { text, isReply } = baseSubject(subject)
    return {
      uid: index + 1,
      sentAt: index,
      subject: text,
      isReply,
      messageId,
      references: references.split(' ').filter(Boolean),
    }
  })
}

const written = (roots: ReturnType<typeof threadByReferences>) => formatThreads(roots, (uid) => uid)

const byReferences: Record<string, readonly [letters: readonly Letter[], threads: string]> = {
  strangers: [
    [
      ['a', '', 'one'],
      ['b', '', 'two'],
    ],
    '(1)(2)',
  ],
  'a chain': [
    [
      ['a', '', 'one'],
      ['b', 'a', 'x'],
      ['c', 'a b', 'y'],
    ],
    '(1 2 3)',
  ],
  branches: [
    [
      ['a', '', 'one'],
      ['b', 'a', 'x'],
      ['c', 'a', 'y'],
      ['d', 'a c', 'z'],
    ],
    '(1 (2)(3 4))',
  ],
  'an answer that came first': [
    [
      ['b', 'a', 'x'],
      ['a', '', 'one'],
    ],
    '(2 1)',
  ],
  'two answers to one that is missing': [
    [
      ['b', 'a', 'x'],
      ['c', 'a', 'y'],
    ],
    '((1)(2))',
  ],
  'one answer to one that is missing': [[['b', 'a', 'x']], '(1)'],
  'a missing one in the middle': [
    [
      ['a', '', 'one'],
      ['c', 'a b', 'x'],
    ],
    '(1 2)',
  ],
  'no Message-ID': [
    [
      [null, '', 'one'],
      [null, 'a', 'two'],
    ],
    '(1)(2)',
  ],
  'one Message-ID twice': [
    [
      ['a', '', 'one'],
      ['a', '', 'two'],
      ['b', 'a', 'x'],
    ],
    '(1 3)(2)',
  ],
  'a loop': [
    [
      ['a', 'b', 'one'],
      ['b', 'a', 'two'],
    ],
    '(2 1)',
  ],
  itself: [[['a', 'a', 'one']], '(1)'],
  'the last word about a parent': [
    [
      ['c', 'a b', 'x'],
      ['b', '', 'y'],
      ['a', 'z', 'w'],
    ],
    '(2 1)(3)',
  ],
  'an answer by subject': [
    [
      ['a', '', 'one'],
      ['b', '', 'Re: one'],
    ],
    '(1 2)',
  ],
  'an original that came after its answer': [
    [
      ['b', '', 'Re: one'],
      ['a', '', 'one'],
    ],
    '(2 1)',
  ],
  'twins by subject': [
    [
      ['a', '', 'one'],
      ['b', '', 'ONE'],
    ],
    '((1)(2))',
  ],
  'triplets by subject': [
    [
      ['a', '', 'one'],
      ['b', '', 'one'],
      ['c', '', 'Re: one'],
    ],
    '((1)(2)(3))',
  ],
  'without a subject': [
    [
      ['a', '', ''],
      ['b', '', 'Re:'],
    ],
    '(1)(2)',
  ],
}

const bySubject: Record<string, readonly [letters: readonly Letter[], threads: string]> = {
  'a pair': [
    [
      ['a', '', 'one'],
      ['b', '', 'two'],
      ['c', '', 'Re: one'],
    ],
    '(1 3)(2)',
  ],
  siblings: [
    [
      ['a', '', 'one'],
      ['b', '', 'Re: one'],
      ['c', '', 'one (fwd)'],
    ],
    '(1 (2)(3))',
  ],
  nobody: [[], ''],
}

describe('THREAD=REFERENCES', () => {
  for (const [name, [letters, threads]] of Object.entries(byReferences)) {
    it(name, () => assert.equal(written(threadByReferences(messagesOf(letters))), threads))
  }

  it('a chain of 20,000 messages, in any order, neither overflows nor loses one', () => {
    const chain = Array.from({ length: 20_000 }, (_, at): Letter => [`m${at}`, at === 0 ? '' : `m${at - 1}`, `s${at}`])
    for (const letters of [chain, chain.toReversed()]) {
      assert.equal(written(threadByReferences(messagesOf(letters))).match(/\d+/g)?.length, 20_000)
    }
  })
})

describe('THREAD=ORDEREDSUBJECT', () => {
  for (const [name, [letters, threads]] of Object.entries(bySubject)) {
    it(name, () => assert.equal(written(threadBySubject(messagesOf(letters))), threads))
  }
})

/** thread-list of RFC 5256 §4: the messages of "(3 6 (4 23)(44 7 96))" in their order; throws where the grammar is broken. */
function readThreads(text: string): number[] {
  let at = 0
  const take = (pattern: RegExp) => {
    const match = new RegExp(pattern, 'y')
    match.lastIndex = at
    const [found = null] = match.exec(text) ?? []
    at += found?.length ?? 0
    return found
  }
  const nested = (): number[] => {
    const branches: number[][] = []
    while (text[at] === '(') branches.push(list())
    assert.ok(branches.length >= 2, `one branch alone in ${text}`)
    return branches.flat()
  }
  const list = (): number[] => {
    assert.ok(take(/\(/), text)
    const numbers: number[] = []
    for (let number = take(/[1-9]\d*/); number !== null; number = take(/ (?=\d)/) && take(/[1-9]\d*/))
      numbers.push(Number(number))
    if (numbers.length === 0 || take(/ (?=\()/)) numbers.push(...nested())
    assert.ok(take(/\)/), text)
    return numbers
  }
  const all: number[] = []
  while (at < text.length) all.push(...list())
  return all
}

describe('any letters at all', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'gone', 'lost')
  const letter = fc.tuple(
    fc.option(id),
    fc.array(id, { maxLength: 4 }).map((ids) => ids.join(' ')),
    fc.constantFrom('one', 'Re: one', 'two', ''),
  )
  for (const [name, thread] of Object.entries({ threadByReferences, threadBySubject })) {
    it(`are written by ${name} as RFC 5256 says, each once`, () =>
      fc.assert(
        fc.property(fc.array(letter, { maxLength: 12 }), (letters) => {
          const numbers = readThreads(written(thread(messagesOf(letters))))
          assert.deepEqual(
            numbers.sort((one, other) => one - other),
            letters.map((_, index) => index + 1),
          )
        }),
        { numRuns: 2_000 },
      ))
  }
})
