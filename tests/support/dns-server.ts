/** A name server on loopback whose zone is a table; what is not in it does not exist. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** by "TYPE name" (TXT, A, MX, SRV, CNAME): texts, addresses, "10 host", "0 1 993 host" or a host */
export type Zone = Record<string, readonly string[]>

export type NameServer = {
  readonly port: number
  readonly zone: Zone
  readonly questions: readonly string[]
  stop(): Promise<void>
}

const typeNumbers: Readonly<Record<number, string>> = { 1: 'A', 5: 'CNAME', 15: 'MX', 16: 'TXT', 33: 'SRV' }
const NXDOMAIN = 3

export async function startNameServer(zone: Zone): Promise<NameServer> {
  const questions: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query)
    questions.push(`${type} ${name}`)
    const found = zone[`${type} ${name}`] ?? []
    const exists = Object.keys(zone).some((key) => key.endsWith(` ${name}`))
    const answers = found.map((value) => answer(query.readUInt16BE(end - 4), dataOf(type, value)))
    socket.send(
      Buffer.concat([header(query, answers.length, exists), query.subarray(12, end), ...answers]),
      port,
      address,
    )
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    zone,
    questions,
    async stop() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

function readQuestion(query: Buffer): { name: string; type: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  const type = query.readUInt16BE(at + 1)
  return { name: labels.join('.').toLowerCase(), type: typeNumbers[type] ?? String(type), end: at + 5 }
}

/** RFC 1035 §4.1.1 */
function header(query: Buffer, answerCount: number, exists: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  query.copy(bytes, 0, 0, 2)
  bytes.writeUInt16BE(0x8580 | (exists ? 0 : NXDOMAIN), 2)
  bytes.writeUInt16BE(1, 4)
  bytes.writeUInt16BE(answerCount, 6)
  return bytes
}

/** RFC 1035 §4.1.3; the name is a pointer to the question's. */
function answer(type: number, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt16BE(0xc00c, 0)
  bytes.writeUInt16BE(type, 2)
  bytes.writeUInt16BE(1, 4)
  bytes.writeUInt32BE(60, 6)
  bytes.writeUInt16BE(data.length, 10)
  return Buffer.concat([bytes, data])
}

function dataOf(type: string, value: string): Buffer {
  if (type === 'A') return Buffer.from(value.split('.').map(Number))
  if (type === 'CNAME') return nameBytes(value)
  if (type === 'MX' || type === 'SRV') {
    const numbers = value.split(' ')
    const host = numbers.pop() ?? ''
    return Buffer.concat([...numbers.map(twoBytes), nameBytes(host)])
  }
  const pieces = value.match(/.{1,255}/gs) ?? ['']
  return Buffer.concat(pieces.flatMap((piece) => [Buffer.from([piece.length]), Buffer.from(piece, 'latin1')]))
}

function twoBytes(number: string): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(Number(number))
  return bytes
}

function nameBytes(name: string): Buffer {
  const labels = name
    .split('.')
    .filter(Boolean)
    .flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)])
  return Buffer.concat([...labels, Buffer.from([0])])
}
