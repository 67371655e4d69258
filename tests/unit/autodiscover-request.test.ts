/** What Outlook asks, and what somebody asks who would like the server to read a file or never to end. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { maxRequestBytes, readAutodiscoverRequest } from '#lib/autoconfig/autodiscover-request.ts'
import { matrix } from '#tests/support/matrix.ts'

const requestSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
const responseSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'
const address = 'taro@infonia.ne.jp'

function request(inner: string, before = '<?xml version="1.0" encoding="utf-8"?>\n'): string {
  return `${before}<Autodiscover xmlns="${requestSchema}">\n  <Request>${inner}</Request>\n</Autodiscover>`
}

const asked = `<EMailAddress>${address}</EMailAddress>`
const schema = `<AcceptableResponseSchema>${responseSchema}</AcceptableResponseSchema>`
const read = (text: string) => readAutodiscoverRequest(Buffer.from(text))

describe('requests that are understood', () => {
  const cases: Readonly<Record<string, string>> = {
    "Outlook's": request(`\n    ${asked}\n    ${schema}\n  `),
    'the other way round': request(schema + asked),
    'without a declaration': request(asked + schema, ''),
    'with a byte order mark': `\ufeff${request(asked + schema)}`,
    'with elements that we do not know': request(`<LegacyDN>/o=a &amp; b/cn=c</LegacyDN><X a="1"/>${asked}${schema}`),
    'with a prefix': `<a:Autodiscover xmlns:a='${requestSchema}'><a:Request><a:EMailAddress>${address}</a:EMailAddress></a:Request></a:Autodiscover>`,
  }
  for (const [name, text] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(read(text), { verdict: 'understood', address, wantsMailSettings: true }))
  }

  test('one for ActiveSync', () => {
    const mobile = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006'
    const text = request(`${asked}<AcceptableResponseSchema>${mobile}</AcceptableResponseSchema>`)
    assert.deepEqual(read(text), { verdict: 'understood', address, wantsMailSettings: false })
  })
})

describe('requests that are refused', () => {
  const { check } = matrix('autodiscover-hostile', 'Autodiscover requests that are not what they should be')
  const entity = (declarations: string, use: string) =>
    request(`<EMailAddress>${use}</EMailAddress>`, `<?xml version="1.0"?><!DOCTYPE a [${declarations}]>`)
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  const cases: Readonly<Record<string, string | Uint8Array>> = {
    'an external entity': entity('<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;'),
    'an external parameter entity': entity('<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;', address),
    'an entity within an entity within': entity(`<!ENTITY l0 "lol">${laughs}`, '&l9;'),
    'an entity of nobody': request('<EMailAddress>&nbsp;</EMailAddress>'),
    'an ampersand': request('<EMailAddress>a&b</EMailAddress>'),
    'a document type': request(asked, '<!DOCTYPE Autodiscover>'),
    'a stylesheet': request(asked, '<?xml-stylesheet href="http://127.0.0.1/x"?>'),
    CDATA: request(`<EMailAddress><![CDATA[${address}]]></EMailAddress>`),
    'a comment': request(`<!-- -->${asked}`),
    XInclude: request('<xi:include href="file:///etc/passwd" parse="text"/>'),
    'a tag left open': request(asked).replace('</Request>', ''),
    'tags that cross': request('<EMailAddress><a>x</EMailAddress></a>'),
    'two roots': request(asked) + request(asked, ''),
    'text after the root': `${request(asked)}x`,
    'a lone <': request('<EMailAddress>a<b</EMailAddress>'),
    'no address': request(schema),
    'no schema': `<Autodiscover><Request>${asked}</Request></Autodiscover>`,
    'another schema': request(asked).replace(requestSchema, 'urn:x'),
    'very deep': request(`${'<a>'.repeat(20)}${'</a>'.repeat(20)}${asked}`),
    'very long': request(`${asked}<x>${'y'.repeat(maxRequestBytes)}</x>`),
    'no XML': 'Email=taro@infonia.ne.jp',
    nothing: '',
    'not UTF-8': Buffer.from(request(asked).replace('taro', 'tar\u00f6'), 'latin1'),
    'UTF-16': Buffer.from(request(asked), 'utf16le'),
  }
  for (const [name, text] of Object.entries(cases)) {
    check(name, async () => assert.equal(readAutodiscoverRequest(Buffer.from(text)).verdict, 'invalid'))
  }
})
