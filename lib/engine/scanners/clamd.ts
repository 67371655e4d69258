/**
 * ClamAV's daemon, by its INSTREAM command (clamd(8)): the message in chunks, each with its length before it, and a chunk
 * of length zero at the end.
 *
 * Guarantees: an answer or an exception within DEADLINE_MS; no copy of the message is made, and no more of the answer is
 * kept than one line.
 */
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import type { SocketAddress } from '#lib/env/scanners.ts'
import type { VirusFinding } from '#lib/policy/scan-rules.ts'

const DEADLINE_MS = 30_000
const CHUNK_BYTES = 65_536
const MAX_ANSWER_BYTES = 1_024
const MAX_NAME = 80

/** @throws when clamd is away, busy for too long, or does not scan what it was given */
export async function scanForVirus(address: SocketAddress, content: Buffer): Promise<VirusFinding> {
  const socket = createConnection(address)
  const timer = setTimeout(() => socket.destroy(new Error('clamd did not answer in time')), DEADLINE_MS)
  try {
    const [answer] = await Promise.all([readAnswer(socket), sendStream(socket, content)])
    return findingIn(answer)
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

async function sendStream(socket: Socket, content: Buffer): Promise<void> {
  socket.write('zINSTREAM\0')
  for (let from = 0; from < content.length; from += CHUNK_BYTES) {
    const chunk = content.subarray(from, from + CHUNK_BYTES)
    socket.write(lengthOf(chunk.length))
    if (!socket.write(chunk)) await once(socket, 'drain')
  }
  socket.write(lengthOf(0))
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

async function readAnswer(socket: Socket): Promise<string> {
  let answer = ''
  for await (const bytes of socket) {
    answer += String(bytes)
    if (answer.length > MAX_ANSWER_BYTES) throw new Error('clamd says too much')
    if (answer.endsWith('\0')) break
  }
  return answer.replace(/\0$/, '')
}

function findingIn(answer: string): VirusFinding {
  if (answer === 'stream: OK') return { kind: 'clean' }
  const name = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (name === undefined) throw new Error(`clamd did not scan: ${answer.slice(0, MAX_NAME)}`)
  return { kind: 'found', name: name.replace(/[^\x21-\x7e]/g, '?').slice(0, MAX_NAME) }
}
