/**
 * Header fields as programs of 2002 wrote them: Japanese without encoded-words, in whatever charset the machine had.
 * They are taken, kept byte for byte, and shown to IMAP clients in a form that all of them can read.
 */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import Encoding from 'encoding-japanese'
import { decodeWords } from '#lib/mime/encoded-words.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { loggedInClient, sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'

const charsets = ['JIS', 'SJIS', 'EUCJP', 'UTF8'] as const
/** In Shift_JIS three of them end in 0x5c; in JIS they hold quotes, commas, brackets and "@". */
const words = ['山田　太郎', 'ソ能表のお知らせ、会議（第２回）', 'あいうえお「ー」＜１＞＠']

function encode(text: string, charset: (typeof charsets)[number]): string {
  const bytes = Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to: charset })
  return Buffer.from(bytes).toString('latin1')
}

const fromForms: Record<string, (name: string, address: string) => string> = {
  bare: (name, address) => `${name} <${address}>`,
  quoted: (name, address) => `"${name}" <${address}>`,
  comment: (name, address) => `${address} (${name})`,
}

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('raw Japanese in header fields', () => {
  const newest = async (item: string) => {
    const client = await ImapClient.login(engine, taro.credential)
    await client.ok('SELECT INBOX')
    const answer = await client.ok(`FETCH * ${item}`)
    await client.logout()
    return answer
  }

  for (const charset of charsets) {
    for (const [form, fromField] of Object.entries(fromForms)) {
      it(`${charset}, ${form}: taken at mx and smtpa, kept byte for byte, readable by IMAP`, async () => {
        for (const word of words) {
          const text = encode(word, charset)
          const raw = `From: ${fromField(text, taro.address)}\r\nSubject: ${text}\r\nTo: ${text} <x@b.example>\r\n\r\n${text}\r\n`
          for (const open of [() => smtpClient(engine.ports.mx), () => loggedInClient(engine, taro.credential)]) {
            const client = await open()
            assert.match(await sendMessage(client, taro.address, taro.address, raw), /^250 2\.0\.0 /, word)
            client.close()
            assert.ok((await newest('BODY.PEEK[]')).endsWith(`${raw})\r\ntag OK Done\r\n`), word)
            const envelope = /ENVELOPE (\(.*\))\)\r\ntag OK/.exec(await newest('ENVELOPE'))?.[1] ?? ''
            assert.match(envelope, /^[\x20-\x7e]+$/, word)
            const [, subject] = /^\((?:NIL|"[^"]*") "([^"]*)" /.exec(envelope) ?? []
            assert.equal(decodeWords(subject ?? ''), word)
            const [, name] = /\(\((?:NIL|"((?:[^"\\]|\\.)*)") NIL "taro" "infonia\.ne\.jp"\)\)/.exec(envelope) ?? []
            assert.equal(decodeWords(name ?? ''), word)
          }
        }
      })
    }
  }

  it('POP3 gives the same bytes', async () => {
    const text = encode(words[1] ?? '', 'SJIS')
    const raw = `From: ${text} <a@b.example>\r\nSubject: ${text}\r\n\r\n${text}\r\n`
    const client = await smtpClient(engine.ports.mx)
    assert.match(await sendMessage(client, 'a@b.example', taro.address, raw), /^250 /)
    client.close()
    const reader = await Pop3Client.login(engine, taro.credential)
    const [, count] = /^\+OK (\d+)/.exec(await reader.ask('STAT')) ?? []
    assert.ok((await reader.askLines(`RETR ${count}`)).endsWith(`${raw}.\r\n`))
    await reader.quit()
  })
})
