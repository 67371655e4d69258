/**
 * Japanese in every form in which clients since 1995 have sent it: what an IMAP client is shown can be read, and what a
 * person searches is found, whatever the charset, the encoding, the width of the letters and their case.
 */
import assert from 'node:assert/strict'
import { after, describe } from 'node:test'
import Encoding from 'encoding-japanese'
import { prisma } from '#lib/db/prisma.ts'
import { decodeWords } from '#lib/mime/encoded-words.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient, untagged } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'

type Charset = { readonly name: string; readonly encode: (text: string) => Buffer; readonly words: readonly string[] }

const convert = (to: 'JIS' | 'SJIS' | 'EUCJP') => (text: string) =>
  Buffer.from(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to }))

/** Half-width katakana as CP50221, CP50222 and JIS X 0201 in eight bits have them; the text is katakana alone. */
const katakana = (before: string, mask: number, after: string) => (text: string) =>
  Buffer.concat([
    Buffer.from(before, 'latin1'),
    Buffer.from([...text].map((letter) => ((letter.codePointAt(0) ?? 0) - 0xff61 + 0x21) | mask)),
    Buffer.from(after, 'latin1'),
  ])

const common = ['会議のお知らせ', '表示能力とソフト', '山田　太郎', '①㈱髙橋', 'メールサーバー']
const charsets: readonly Charset[] = [
  { name: 'ISO-2022-JP', encode: convert('JIS'), words: common },
  { name: 'Shift_JIS', encode: convert('SJIS'), words: [...common, 'ﾒｰﾙ設定'] },
  { name: 'EUC-JP', encode: convert('EUCJP'), words: [...common.filter((word) => !word.includes('髙')), 'ﾒｰﾙ設定'] },
  { name: 'UTF-8', encode: (text) => Buffer.from(text), words: [...common, 'ﾒｰﾙ設定', 'か\u3099く'] },
  { name: 'CP50221', encode: katakana('\x1b(I', 0, '\x1b(B'), words: ['ｶﾀｶﾅﾒｰﾙ'] },
  { name: 'CP50222', encode: katakana('\x0e', 0, '\x0f'), words: ['ｶﾀｶﾅﾒｰﾙ'] },
  { name: 'ISO-2022-JP with the eighth bit', encode: katakana('', 0x80, ''), words: ['ｶﾀｶﾅﾒｰﾙ'] },
]
const labelOf = ({ name }: Charset) => name.replace(' with the eighth bit', '')

const q = (bytes: Buffer) => [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
const word = (label: string, bytes: Buffer) => `=?${label}?B?${bytes.toString('base64')}?=`

/** How a text gets into a header field; latin1 text. */
type HeaderForm = (text: string, charset: Charset) => string
const headerForms: Record<string, HeaderForm> = {
  'base64 word': (text, charset) => word(labelOf(charset), charset.encode(text)),
  'Q word in lower case': (text, charset) => `=?${labelOf(charset).toLowerCase()}?q?${q(charset.encode(text))}?=`,
  'words without a blank between': (text, charset) =>
    `${word(labelOf(charset), charset.encode(text))}${word(labelOf(charset), charset.encode(text))}`,
  'words that part within a character': (text, charset) => {
    const bytes = charset.encode(text)
    return [bytes.subarray(0, 5), bytes.subarray(5)].map((part) => word(labelOf(charset), part)).join('\r\n ')
  },
  'a word within quotes': (text, charset) => `"${word(labelOf(charset), charset.encode(text))}"`,
  'a word with a language': (text, charset) =>
    `=?${labelOf(charset)}*ja?B?${charset.encode(text).toString('base64')}?=`,
}
/** Without a label; eight-bit katakana alone could be anything. */
const unlabelledForms: Record<string, HeaderForm> = {
  raw: (text, charset) => charset.encode(text).toString('latin1'),
  'a word of no known charset': (text, charset) => word('x-unknown', charset.encode(text)),
}

type BodyForm = { readonly header: (charset: Charset) => string; readonly body: (bytes: Buffer) => string }
const plain = (bytes: Buffer) => bytes.toString('latin1')
const labelled = (charset: Charset) => `Content-Type: text/plain; charset="${labelOf(charset)}"\r\n`
const bodyForms: Record<string, BodyForm> = {
  labelled: { header: labelled, body: plain },
  'in base64': {
    header: (charset) => `${labelled(charset)}Content-Transfer-Encoding: base64\r\n`,
    body: (bytes) => bytes.toString('base64'),
  },
  'in quoted-printable': {
    header: (charset) => `${labelled(charset)}Content-Transfer-Encoding: quoted-printable\r\n`,
    body: q,
  },
  'in HTML': {
    header: (charset) => `Content-Type: text/html; charset=${labelOf(charset)}\r\n`,
    body: (bytes) => `<p>${plain(bytes)}</p>`,
  },
}
const unlabelledBodyForms: Record<string, BodyForm> = {
  'without a charset': { header: () => 'Content-Type: text/plain\r\n', body: plain },
  'without any header': { header: () => '', body: plain },
  'called US-ASCII': { header: () => 'Content-Type: text/plain; charset=us-ascii\r\n', body: plain },
}

/** How a file name gets into Content-Disposition, and what BODYSTRUCTURE then says of it. */
const fileNames: Record<
  string,
  readonly [
    parameter: (text: string, charset: Charset) => string,
    isIn: (structure: string, text: string, charset: Charset) => boolean,
  ]
> = {
  raw: [
    (text, { encode }) => `filename="${encode(text).toString('latin1')}.txt"`,
    (structure, text) => decodeWords(/"filename" "([^"]*)"/.exec(structure)?.[1] ?? '') === `${text}.txt`,
  ],
  'an encoded-word': [
    (text, charset) => `filename="${word(labelOf(charset), charset.encode(text))}"`,
    (structure, text) => decodeWords(/"filename" "([^"]*)"/.exec(structure)?.[1] ?? '') === text,
  ],
  'RFC 2231': [
    (text, charset) => `filename*=${labelOf(charset)}'ja'${q(charset.encode(text)).replaceAll('=', '%')}`,
    (structure, text, charset) =>
      structure.includes(`"filename*" "${labelOf(charset)}'ja'${q(charset.encode(text)).replaceAll('=', '%')}"`),
  ],
  'RFC 2231 in pieces': [
    (text, charset) =>
      `filename*0*=${labelOf(charset)}''${q(charset.encode(text)).replaceAll('=', '%')};\r\n filename*1=.txt`,
    (structure) => structure.includes('"filename*0*"') && structure.includes('"filename*1" ".txt"'),
  ],
}

const isEightBitKatakana = ({ name }: Charset) => name.endsWith('eighth bit')
const canGuess = (charset: Charset) => !isEightBitKatakana(charset) && charset.name !== 'CP50222'

const engine = await startEngine()
const taro = await engine.addMailbox('taro')
const client = await ImapClient.login(engine, taro.credential)
await client.ok('SELECT INBOX')
after(async () => {
  client.close()
  await engine.stop()
})

describe('Japanese by IMAP', () => {
  const figures = matrix('imap-japanese', 'Japanese texts that a client cannot read or a search does not find: none')

  /** Gone again after the test, so that a search finds this one message. */
  async function withMessage(message: string, look: () => Promise<void>): Promise<void> {
    await client.append('INBOX', message)
    try {
      await look()
    } finally {
      await client.ok('STORE 1:* +FLAGS.SILENT (\\Deleted)')
      await client.ok('EXPUNGE')
    }
  }

  async function finds(criteria: string, text: string): Promise<void> {
    const forms = [text, text.normalize('NFKC'), text.normalize('NFKC').normalize('NFD')]
    for (const form of forms) {
      const utf8 = Buffer.from(form).toString('latin1')
      const answer = untagged(await client.ok(`SEARCH CHARSET UTF-8 ${criteria} "${utf8}"`))
      assert.ok(answer.includes('* SEARCH 1'), `${criteria} ${form}`)
    }
    const other = Buffer.from('存在しない語').toString('latin1')
    assert.deepEqual(untagged(await client.ok(`SEARCH ${criteria} "${other}"`)), ['* SEARCH'])
  }

  for (const charset of charsets) {
    const forms = canGuess(charset) ? { ...headerForms, ...unlabelledForms } : headerForms
    for (const [form, write] of Object.entries(forms)) {
      figures.check(
        `a header in ${charset.name}: ${form}`,
        async () => {
          for (const text of charset.words) {
            const value = write(text, charset)
            await withMessage(
              `From: ${value} <a@b.example>\r\nSubject: ${value}\r\nX-Word: ${value}\r\n\r\nx\r\n`,
              async () => {
                const envelope = await client.ok('FETCH 1 ENVELOPE')
                assert.match(envelope, /^[\x20-\x7e\r\n]+$/)
                const subject = /ENVELOPE \((?:NIL|"[^"]*") "((?:[^"\\]|\\.)*)"/.exec(envelope)?.[1] ?? ''
                const shown = decodeWords(subject.replace(/\\(.)/g, '$1')).normalize('NFC')
                assert.ok(shown.includes(text.normalize('NFC')), `${shown} instead of ${text}`)
                for (const key of ['SUBJECT', 'FROM', 'HEADER X-Word', 'TEXT']) await finds(key, text)
              },
            )
          }
        },
        charset.words.length,
      )
    }

    const bodies = canGuess(charset) ? { ...bodyForms, ...unlabelledBodyForms } : bodyForms
    for (const [form, { header, body }] of Object.entries(bodies)) {
      figures.check(
        `a text in ${charset.name}: ${form}`,
        async () => {
          for (const text of charset.words) {
            const message = `Subject: x\r\n${header(charset)}\r\n${body(charset.encode(text))}\r\n`
            await withMessage(message, async () => {
              for (const key of ['BODY', 'TEXT']) await finds(key, text)
              const preview = Buffer.from(await client.ok('FETCH 1 PREVIEW'), 'latin1').toString()
              assert.ok(preview.includes(text.replace(/\s+/g, ' ')), preview)
            })
          }
        },
        charset.words.length,
      )
    }

    for (const [form, [write, isIn]] of Object.entries(fileNames)) {
      if (form === 'raw' && !canGuess(charset)) continue
      figures.check(
        `a file name in ${charset.name}: ${form}`,
        async () => {
          for (const text of charset.words) {
            const message = `Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n ${write(text, charset)}\r\n\r\nx\r\n`
            await withMessage(message, async () => {
              const structure = await client.ok('FETCH 1 BODYSTRUCTURE')
              assert.match(structure, /^[\x20-\x7e\r\n]+$/)
              assert.ok(isIn(structure, text, charset), structure)
            })
          }
        },
        charset.words.length,
      )
    }
  }

  for (const [name, words] of Object.entries({
    'full-width Latin letters and case': ['ＩＮＦＯＮＩＡ Mail', 'infonia mail', 'Infonia ＭＡＩＬ'],
    'half-width and full-width katakana': ['ﾒｰﾙｻｰﾊﾞｰ', 'メールサーバー', 'サーバー'],
    'composed and decomposed letters': ['が', 'か\u3099'],
  })) {
    figures.check(`a search does not tell apart: ${name}`, async () => {
      const [first = '', ...others] = words
      await withMessage(`Subject: ${word('UTF-8', Buffer.from(first))}\r\n\r\nx\r\n`, async () => {
        for (const other of others) await finds('SUBJECT', other)
      })
    })
  }

  figures.check('a search for either of two fields, and for a Message-ID', async () => {
    const subject = word('UTF-8', Buffer.from('会議のお知らせ'))
    const header = `Subject: ${subject}\r\nFrom: ${word('UTF-8', Buffer.from('山田　太郎'))} <a@b.example>`
    await withMessage(`${header}\r\nMessage-ID: <One.2@b.example>\r\n\r\nx\r\n`, async () => {
      const [meeting, sender] = ['会議', '山田'].map((text) => Buffer.from(text).toString('latin1'))
      const [found, none] = [['* SEARCH 1'], ['* SEARCH']]
      for (const [criteria, expected] of [
        [`OR FROM "${meeting}" SUBJECT "${meeting}"`, found],
        [`OR FROM "${sender}" SUBJECT "${sender}"`, found],
        [`OR FROM "${sender}" SUBJECT "nothing"`, found],
        [`OR FROM "${meeting}" SUBJECT "${sender}"`, none],
        ['HEADER Message-ID one.2@B', found],
        ['HEADER Message-ID ""', found],
        ['HEADER Message-ID two', none],
        ['HEADER In-Reply-To ""', none],
        ['SUBJECT ""', found],
        ['BCC ""', none],
      ] as const) {
        assert.deepEqual(untagged(await client.ok(`SEARCH CHARSET UTF-8 ${criteria}`)), expected, criteria)
      }
    })
  })

  figures.check('mail from before its words were kept', async () => {
    await withMessage(`Subject: ${word('UTF-8', Buffer.from('会議のお知らせ'))}\r\n\r\n会議の資料\r\n`, async () => {
      await prisma().message.updateMany({ data: { searchText: null } })
      await prisma().body.updateMany({ data: { isAscii: false } })
      await finds('SUBJECT', '会議')
      assert.match(await client.ok('FETCH 1 BODY.PEEK[]'), /^Subject: =\?UTF-8/m)
    })
  })

  for (const charset of charsets.slice(0, 3)) {
    figures.check(`a search in ${charset.name}`, async () => {
      await withMessage(`Subject: ${word('UTF-8', Buffer.from('会議のお知らせ'))}\r\n\r\nx\r\n`, async () => {
        const bytes = charset.encode('会議').toString('latin1')
        const answer = await client.ok(`SEARCH CHARSET ${charset.name} SUBJECT `, [bytes, ''])
        assert.deepEqual(untagged(answer), ['* SEARCH 1'])
      })
    })
  }
})
