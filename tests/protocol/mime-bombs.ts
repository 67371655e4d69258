/** Messages that are small to send and costly to understand, for a reader that is not careful. */

const MEBIBYTE = 1_048_576
const lines = (...all: readonly string[]) => all.map((line) => `${line}\r\n`).join('')
const header = (...fields: readonly string[]) => lines('From: <bomb@example.com>', ...fields)
const withFrom = (from: string) => lines(`From: ${from}`, 'Subject: bomb', '', 'x')
const multipart = (boundary: string) => header(`Content-Type: multipart/mixed; boundary="${boundary}"`, '')

const zipOfZeros = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(MEBIBYTE)]).toString('base64')

export const mimeBombs: Readonly<Record<string, string>> = {
  'ten thousand multiparts, each in the other': Array.from(
    { length: 10_000 },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  ).join(''),
  'fifty thousand parts': `${multipart('b')}${'--b\r\n\r\nx\r\n'.repeat(50_000)}--b--\r\n`,
  'a boundary of a million octets': `${multipart('b'.repeat(1_000_000))}--${'b'.repeat(1_000_000)}\r\n\r\nx\r\n`,
  'boundaries that begin like each other': `${multipart('b')}${Array.from(
    { length: 2_000 },
    (_, index) =>
      `--b${'b'.repeat(index % 200)}\r\nContent-Type: multipart/mixed; boundary=b${'b'.repeat(index % 200)}\r\n\r\n`,
  ).join('')}`,
  'a multipart without end': `${multipart('b')}--b\r\n\r\n${'--\r\n--c\r\n'.repeat(50_000)}`,
  'two hundred thousand header lines': `${'X:\r\n'.repeat(200_000)}\r\nx\r\n`,
  'a header line of a million octets': `X: ${'x'.repeat(1_000_000)}\r\n\r\nx\r\n`,
  'two hundred thousand recipients': header(`To: ${'a@b,'.repeat(200_000)}c@d`, '', 'x'),
  'a flood of parameters': header(`Content-Type: text/plain; ${'a*0*=x; '.repeat(50_000)}a=b`, '', 'x'),
  'a flood of encoded words': header(`Subject: ${'=?utf-8?b?5pel?= '.repeat(30_000)}`, '', 'x'),
  'comments a hundred thousand deep': withFrom(`${'('.repeat(100_000)}x${')'.repeat(100_000)} <a@b.example>`),
  'a sender of a million octets without a blank': withFrom('x'.repeat(1_000_000)),
  'senders that comments hold together': withFrom('a(x)@(y)b.example(z),'.repeat(30_000).slice(0, -1)),
  'a thousand messages, each in the other': `${'Content-Type: message/rfc822\r\n\r\n'.repeat(1_000)}Subject: x\r\n\r\nx\r\n`,
  'base64 that is mostly none': header(
    'Content-Transfer-Encoding: base64',
    '',
    'YQ'.concat('!*-_'.repeat(25)).repeat(20_000),
  ),
  'an archive that grows': header(
    'Content-Type: application/zip; name=a.zip',
    'Content-Transfer-Encoding: base64',
    '',
    zipOfZeros,
  ),
  'ten thousand signatures': `${'DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=k; h=from; bh=x; b=x\r\n'.repeat(10_000)}${header('', 'x')}`,
}
