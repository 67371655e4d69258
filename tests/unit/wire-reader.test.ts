import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  BareLineFeed,
  InputEnded,
  LineTooLong,
  NoRoom,
  SessionInterrupted,
  TimedOut,
} from '#lib/engine/runtime/errors.ts'
import { TextBudget } from '#lib/engine/runtime/text-budget.ts'
import { WireReader } from '#lib/engine/runtime/wire-reader.ts'

const limits = { maxBytes: 20, timeoutMs: 60_000 }

function reader(...chunks: string[]) {
  const flow = {
    paused: false,
    pause() {
      flow.paused = true
    },
    resume() {
      flow.paused = false
    },
  }
  const wire = new WireReader(flow)
  for (const chunk of chunks) wire.push(Buffer.from(chunk))
  return { wire, flow }
}

describe('WireReader', () => {
  it('reads lines however they are cut', async () => {
    const text = 'EHLO a\r\nQUIT\r\n'
    for (let cut = 0; cut <= text.length; cut += 1) {
      const { wire } = reader(text.slice(0, cut), text.slice(cut))
      assert.equal((await wire.readLine(limits)).toString(), 'EHLO a')
      assert.equal((await wire.readLine(limits)).toString(), 'QUIT')
      assert.equal(wire.hasPendingInput(), false)
    }
  })
  it('refuses a line that ends with LF alone and goes on after it', async () => {
    const { wire } = reader('NOOP\nQUIT\r\n')
    await assert.rejects(wire.readLine(limits), BareLineFeed)
    assert.equal((await wire.readLine(limits)).toString(), 'QUIT')
  })
  it('drops a line that is too long and goes on after it', async () => {
    const { wire } = reader(
      'x'.repeat(20),
      '\r\n',
      'y'.repeat(21),
      '\r\n',
      'z'.repeat(100),
      'z'.repeat(100),
      '\r\nQUIT\r\n',
    )
    assert.equal((await wire.readLine(limits)).length, 20)
    await assert.rejects(wire.readLine(limits), LineTooLong)
    await assert.rejects(wire.readLine(limits), LineTooLong)
    assert.equal((await wire.readLine(limits)).toString(), 'QUIT')
  })
  it('makes the peer wait when nobody reads', () => {
    const { wire, flow } = reader()
    for (let chunk = 0; chunk < 5; chunk += 1) wire.push(Buffer.alloc(65_536))
    assert.equal(flow.paused, true)
  })
  it('gives what came before the end, then says that it ended', async () => {
    const { wire } = reader('QUIT\r\n')
    wire.end()
    assert.equal((await wire.readLine(limits)).toString(), 'QUIT')
    await assert.rejects(wire.readLine(limits), InputEnded)
  })
  it('is interrupted between lines but never inside a text or a literal', async () => {
    const { wire } = reader()
    const waiting = assert.rejects(wire.readLine(limits), SessionInterrupted)
    wire.interrupt('accessChanged')
    await waiting
    const text = wire.readDotTerminated(limits)
    wire.push(Buffer.from('hello\r\n.\r\n'))
    assert.equal((await text).bytes.toString(), 'hello\r\n')
    await assert.rejects(wire.readLine(limits), (error: SessionInterrupted) => error.reason === 'accessChanged')
  })
  it('has a deadline that a trickle does not move', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const { wire } = reader()
    const line = assert.rejects(wire.readLine({ maxBytes: 20, timeoutMs: 1_000 }), TimedOut)
    context.mock.timers.tick(999)
    wire.push(Buffer.from('x'))
    context.mock.timers.tick(2)
    await line
  })
  it('answers a text with bare line breaks soon, although its end never comes', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const { wire } = reader('hello\n.\nMAIL FROM:<x@y>\n')
    const text = wire.readDotTerminated({ maxBytes: 1_000, timeoutMs: 300_000 })
    context.mock.timers.tick(5_001)
    assert.equal((await text).bareLineBreak, true)
  })
  it('reads and skips literals of a known length', async () => {
    const { wire } = reader('abc', 'defNEXT\r\n')
    assert.equal((await wire.readBytes(5, limits)).toString(), 'abcde')
    await wire.skipBytes(1, limits)
    assert.equal((await wire.readLine(limits)).toString(), 'NEXT')
  })
  it('reads a literal that there is no memory for to its end, and keeps nothing of it', async () => {
    const { wire } = reader('abc', 'defNEXT\r\n')
    const budget = new TextBudget(5)
    await assert.rejects(wire.readBytes(6, { ...limits, budget }), NoRoom)
    assert.equal((await wire.readLine(limits)).toString(), 'NEXT')
    wire.push(Buffer.from('abcde'))
    assert.equal((await wire.readBytes(5, { ...limits, budget })).toString(), 'abcde')
  })
})
