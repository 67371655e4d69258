/** A conversation in lines with one of our own listeners, on this machine: what a probe says and hears. */
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export type ProbeTarget = { readonly host: string; readonly port: number; readonly isTls: boolean }

const PATIENCE_MS = 10_000

/** The answer, or its absence, shows that a service does not work. */
export class ProbeFailed extends Error {}

export interface LineTalk {
  /** Waits for a line that matches. @throws ProbeFailed when another comes that `refusal` matches, or none in time */
  hear(pattern: RegExp, refusal: RegExp): Promise<void>
  say(line: string): void
  close(): void
}

/** The peer is this machine itself: its certificate, which bears the names of the mail hosts, tells nothing here. */
export function openTalk({ host, port, isTls }: ProbeTarget): LineTalk {
  const socket: Socket = isTls ? connectTls({ host, port, rejectUnauthorized: false }) : connectTcp({ host, port })
  let text = ''
  let fault: Error | null = null
  let wake = () => {}
  const fail = (error: Error) => {
    fault ??= error
    wake()
  }
  socket.setTimeout(PATIENCE_MS, () => fail(new ProbeFailed('no answer')))
  socket.on('error', fail)
  socket.on('close', () => fail(new ProbeFailed('closed')))
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    wake()
  })

  function nextLine(): string | null {
    const end = text.indexOf('\n')
    if (end < 0) return null
    const line = text.slice(0, end)
    text = text.slice(end + 1)
    return line
  }

  return {
    async hear(pattern, refusal) {
      for (;;) {
        const line = nextLine()
        if (line !== null && pattern.test(line)) return
        if (line !== null && refusal.test(line)) throw new ProbeFailed(line.trimEnd())
        if (line !== null) continue
        if (fault !== null) throw fault
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    say: (line) => void socket.write(`${line}\r\n`),
    close: () => socket.destroy(),
  }
}
