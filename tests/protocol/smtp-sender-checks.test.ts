/** SPF, DKIM and DMARC of mail from outside, against a name server of our own. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, beforeEach, describe, it } from 'node:test'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { prisma } from '#lib/db/prisma.ts'
import { startNameServer } from '#tests/support/dns-server.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { matrix } from '#tests/support/matrix.ts'
import { sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const zone = {
  'TXT good.example': ['v=spf1 ip4:127.0.0.1 -all'],
  'TXT _dmarc.good.example': ['v=DMARC1; p=reject'],
  'TXT k1._domainkey.signed.example': [`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`],
  'TXT signed.example': ['v=spf1 -all'],
  'TXT _dmarc.signed.example': ['v=DMARC1; p=reject'],
  'TXT strict.example': ['v=spf1 -all'],
  'TXT _dmarc.strict.example': ['v=DMARC1; p=reject'],
  'TXT wary.example': ['v=spf1 -all'],
  'TXT _dmarc.wary.example': ['v=DMARC1; p=quarantine'],
  'TXT open.example': ['v=spf1 -all'],
  'TXT _dmarc.open.example': ['v=DMARC1; p=none'],
}

async function signatureOf(text: string): Promise<string> {
  const key = { signingDomain: 'signed.example', selector: 'k1', privateKey }
  const { signatures } = await dkimSign(text, { ...key, signatureData: [key] })
  return `${signatures.trimEnd()}\r\n`
}

const dns = await startNameServer(zone)
const engine = await startEngine({
  environment: { RESOLVER: `127.0.0.1:${dns.port}` },
  policy: (document) => {
    document.inbound.trustedNetworks = ['127.0.0.9']
  },
})
const taro = await engine.addMailbox('taro')
after(async () => {
  await engine.stop()
  await dns.stop()
})

describe('the sender of mail from outside', () => {
  beforeEach(() => prisma().message.deleteMany())

  const letter = (domain: string, extra = '') =>
    `${extra}From: <a@${domain}>\r\nTo: <${taro.address}>\r\nSubject: x\r\nDate: Tue, 24 Nov 2026 12:00:00 +0900\r\n\r\nhello\r\n`

  async function send(domain: string, text = letter(domain), localAddress = '127.0.0.1'): Promise<string> {
    const client = await smtpClient(engine.ports.mx, localAddress)
    const answer = await sendMessage(client, `a@${domain}`, taro.address, text)
    client.close()
    return answer
  }

  async function stored(): Promise<{ folder: string; prefix: string; content: string }> {
    const message = await prisma().message.findFirstOrThrow({ where: { mailboxId: taro.id } })
    const { mailboxId, folderId, bodyId, prefix } = message
    const folder = await prisma().folder.findUniqueOrThrow({ where: { mailboxId_id: { mailboxId, id: folderId } } })
    const body = await prisma().body.findUniqueOrThrow({ where: { mailboxId_id: { mailboxId, id: bodyId } } })
    return {
      folder: folder.name,
      prefix: Buffer.from(prefix).toString('latin1'),
      content: Buffer.from(body.content).toString('latin1'),
    }
  }

  it('is confirmed by SPF: the results stand in the header, above what came in', async () => {
    assert.match(await send('good.example'), /^250 /)
    const { folder, prefix, content } = await stored()
    assert.equal(folder, 'INBOX')
    assert.match(prefix, /^Authentication-Results: mx\.infonia\.ne\.jp;\r\n[\s\S]*spf=pass[\s\S]*dmarc=pass/m)
    assert.match(prefix, /^Received: from /m)
    assert.ok(prefix.split('\r\n').every((line) => !/[\r\n]/.test(line)))
    assert.equal(content, letter('good.example'))
  })

  it('is confirmed by DKIM when SPF fails, as after a forward', async () => {
    const text = letter('signed.example')
    assert.match(await send('signed.example', `${await signatureOf(text)}${text}`), /^250 /)
    assert.match((await stored()).prefix, /dkim=pass[\s\S]*spf=fail[\s\S]*dmarc=pass/)
  })

  it('who signed something else is not confirmed', async () => {
    const signature = await signatureOf(letter('signed.example'))
    const altered = letter('signed.example').replace('hello', 'goodbye')
    assert.match(await send('signed.example', `${signature}${altered}`), /^550 5\.7\.26 /)
  })

  it('is refused when its domain asks for that, and the refusal is an event', async () => {
    assert.match(await send('strict.example'), /^550 5\.7\.26 .*DMARC/)
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 0)
    const { replyCode, enhancedStatus } = await eventWhere({ kind: 'refusal', reason: 'senderForged' })
    assert.deepEqual([replyCode, enhancedStatus], ['550', '5.7.26'])
  })

  it('is filed as junk when its domain asks for quarantine', async () => {
    assert.match(await send('wary.example'), /^250 /)
    assert.equal((await stored()).folder, 'Junk')
  })

  it('is only recorded when its domain asks for nothing, or has no record at all', async () => {
    assert.match(await send('open.example'), /^250 /)
    assert.match((await stored()).prefix, /dmarc=fail/)
    await prisma().message.deleteMany()
    assert.match(await send('unknown.example'), /^250 /)
    assert.equal((await stored()).folder, 'INBOX')
  })

  it('is not asked about in a network that is trusted', async () => {
    assert.match(await send('strict.example', undefined, '127.0.0.9'), /^250 /)
    assert.doesNotMatch((await stored()).prefix, /Authentication-Results/)
  })

  it('cannot bring results along in our name; those of others stay', async () => {
    const forged = [
      'Authentication-Results: mx.infonia.ne.jp; dmarc=pass',
      'Authentication-Results: (c) "MX.infonia.ne.jp" 1;\r\n dkim=pass',
      'Authentication-Results: other.example; spf=pass',
      'Authentication-Results: (a (b) c) mx.infonia.ne.jp; dmarc=pass',
      'Authentication-Results: pop.infonia.ne.jp; dmarc=pass',
      'Authentication-Results: "(" mx.infonia.ne.jp; dmarc=pass',
    ]
    assert.match(await send('good.example', letter('good.example', `${forged.join('\r\n')}\r\n`)), /^250 /)
    const { content } = await stored()
    assert.equal(content, letter('good.example', `${forged[2]}\r\n`))
  })

  it('who may be forged gets no report of success', async () => {
    for (const [domain, reports] of [
      ['good.example', 1],
      ['open.example', 0],
    ] as const) {
      const before = await prisma().queuedMessage.count()
      const client = await smtpClient(engine.ports.mx, '127.0.0.1')
      await client.command(`MAIL FROM:<a@${domain}>`)
      await client.command(`RCPT TO:<${taro.address}> NOTIFY=SUCCESS`)
      await client.command('DATA')
      client.send(`${letter(domain)}.\r\n`)
      assert.match(await client.reply(), /^250 /)
      client.close()
      assert.equal((await prisma().queuedMessage.count()) - before, reports, domain)
    }
  })

  /** What is tried on readers who look at From, from a host that SPF confirms for good.example. */
  const forged: readonly (readonly [name: string, header: string])[] = [
    ['another domain in From', 'From: <a@strict.example>'],
    ['a subdomain that nobody has', 'From: <a@mail.strict.example>'],
    ['two From fields, ours first', 'From: <a@good.example>\r\nFrom: <a@strict.example>'],
    ['two From fields, ours last', 'From: <a@strict.example>\r\nFrom: <a@good.example>'],
    ['two From fields of one domain', 'From: <a@good.example>\r\nFrom: <b@good.example>'],
    ['a second From with a space before its colon', 'From : <a@strict.example>\r\nFrom: <a@good.example>'],
    ['a second From that looks like a continuation', ' From: <a@strict.example>\r\nFrom: <a@good.example>'],
    ['a From that goes on in the next line', 'From: <a@good.example>,\r\n <a@strict.example>'],
    ['two authors', 'From: a@strict.example, a@good.example'],
    ['two authors with a semicolon', 'From: a@good.example; a@strict.example'],
    ['two angles, ours first', 'From: <a@good.example> <a@strict.example>'],
    ['two angles, ours last', 'From: <a@strict.example><a@good.example>'],
    ['a group', 'From: friends: a@strict.example, a@good.example;'],
    ['an empty group', 'From: undisclosed:;'],
    ['a route', 'From: <@good.example:a@strict.example>'],
    ['a comment behind', 'From: a@strict.example(@good.example)'],
    ['a comment within', 'From: a@(good.example)strict.example'],
    ['an address in an encoded-word', 'From: =?utf-8?B?YUBzdHJpY3QuZXhhbXBsZQ==?='],
    ['an address that is half encoded', 'From: =?utf-8?Q?a=40strict.example?= <>'],
    ['letters of full width', 'From: <a@\uff53trict.example>'],
    ['a quoted local part', 'From: "a@good.example"@strict.example'],
    ['two at signs', 'From: <a@good.example@strict.example>'],
    ['no address at all', 'From: The Bank'],
    ['an empty From', 'From:'],
    ['no From', 'Sender: <a@strict.example>'],
    ['no From, but a Resent-From', 'Resent-From: <a@strict.example>'],
  ]
  const { check } = matrix('forged-senders', 'Forged senders that reached an inbox: none')
  for (const [name, header] of forged) {
    check(`cannot be forged by ${name}`, async () => {
      const text = `${header}\r\nTo: <${taro.address}>\r\nSubject: x\r\n\r\nhello\r\n`
      assert.match(await send('good.example', Buffer.from(text).toString('latin1')), /^550 5\.7\.(?:1|26) /)
      assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 0)
    })
  }

  const envelopes: readonly (readonly [name: string, sender: string, hello: string])[] = [
    ['the null sender and a name at EHLO that SPF confirms', '', 'good.example'],
    ['the null sender and the name of the victim', '', 'strict.example'],
    ['a sender of the victim', 'a@strict.example', 'good.example'],
    ['a sender with a quoted at sign', '"a@strict.example"@good.example', 'good.example'],
  ]
  for (const [name, sender, hello] of envelopes) {
    check(`cannot be forged by ${name}`, async () => {
      const client = await smtpClient(engine.ports.mx, '127.0.0.1')
      await client.command(`EHLO ${hello}`)
      assert.match(await sendMessage(client, sender, taro.address, letter('strict.example')), /^550 5\.7\.26 /)
      client.close()
    })
  }

  for (const domain of ['strict.example', 'strict.example\r\n .signed.example', '"strict.example" signed.example']) {
    check(`cannot be forged by a signature that says d=${JSON.stringify(domain)}`, async () => {
      const text = letter('strict.example')
      const signature = (await signatureOf(text)).replace(/d=signed\.example/, `d=${domain}`)
      assert.match(await send('good.example', `${signature}${text}`), /^550 5\.7\.26 /)
    })
  }

  const honest = [
    'From: =?utf-8?Q?Yamada=2C_Taro_=40_home?= <a@good.example>',
    'From: Yamada, Taro <a@good.example>',
    'From: "Bank, a@strict.example" <a@good.example>',
    'From: a@good.example, b@good.example',
    'from:\r\n\ta@good.example (Taro)',
    'From: \u5c71\u7530 <a@good.example>',
  ]
  for (const header of honest) {
    check(`is nobody forged: ${JSON.stringify(header)}`, async () => {
      const text = `${header}\r\nTo: <${taro.address}>\r\nSubject: x\r\n\r\nhello\r\n`
      assert.match(await send('good.example', Buffer.from(text).toString('latin1')), /^250 /)
    })
  }
})
