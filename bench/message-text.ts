/** The letter that is sent: plain text, 4 KiB unless more is asked for, with the headers of a mail program. */

const BYTES = 4_096
const LINE = 'The quick brown fox jumps over the lazy dog and comes back for more.\r\n'

/** CRLF line ends; no line begins with a dot, so nothing has to be stuffed. */
export function messageText(address: string, id: string, bytes = BYTES): string {
  const header = [
    `Message-ID: <${id}@bench.example>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `From: Bench <${address}>`,
    `To: <${address}>`,
    `Subject: bench ${id}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
  ]
  const text = `${header.join('\r\n')}\r\n\r\n`
  return text + LINE.repeat(Math.max(1, Math.floor((bytes - text.length) / LINE.length)))
}
