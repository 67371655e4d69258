/** Marionette, by which Mozilla's programs are remote-controlled: JSON behind its length, one answer to each command. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export type Marionette = {
  /** Runs in the program itself, with all its modules. @param script the body of an async function of `args` */
  run(script: string, args: readonly unknown[]): Promise<unknown>
  close(): void
}

type Reply = readonly [type: number, id: number, error: { message: string } | null, result: { value?: unknown } | null]

const SCRIPT_MS = 60_000
const CONNECT_TRIES = 240

export async function openMarionette(port: number): Promise<Marionette> {
  const socket = await connected(port)
  const packets = readPackets(socket)
  await packets.next() // its greeting
  let id = 0
  const command = async (name: string, parameters: object) => {
    id += 1
    const text = JSON.stringify([0, id, name, parameters])
    socket.write(`${Buffer.byteLength(text)}:${text}`)
    const { value } = await packets.next()
    const [, , error, result] = JSON.parse(value ?? 'null') as Reply
    if (error !== null) throw new Error(`${name}: ${error.message}`)
    return result?.value
  }
  await command('WebDriver:NewSession', {})
  await command('WebDriver:SetTimeouts', { script: SCRIPT_MS })
  await command('Marionette:SetContext', { value: 'chrome' })
  return {
    async run(body, args) {
      const script = `const [args, done] = arguments; (async () => { ${body} })().then((value) => done({ value }), (error) => done({ error: String(error) }))`
      const answer = await command('WebDriver:ExecuteAsyncScript', { script, args: [args] })
      const { value, error } = answer as { value?: unknown; error?: string }
      if (error !== undefined) throw new Error(error)
      return value
    },
    close: () => socket.destroy(),
  }
}

async function connected(port: number): Promise<Socket> {
  for (let tries = 0; tries < CONNECT_TRIES; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    if (isOpen) return socket
    await delay(250)
  }
  throw new Error(`nothing answers on Marionette's port ${port}`)
}

async function* readPackets(socket: Socket): AsyncGenerator<string, undefined> {
  let bytes = Buffer.alloc(0)
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk])
    for (let colon = bytes.indexOf(':'); colon > 0; colon = bytes.indexOf(':')) {
      const end = colon + 1 + Number(bytes.toString('latin1', 0, colon))
      if (bytes.length < end) break
      yield bytes.toString('utf8', colon + 1, end)
      bytes = bytes.subarray(end)
    }
  }
}
