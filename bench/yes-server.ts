/** The baseline: an SMTP server that says yes to every command and keeps nothing. It is as wrong as it is quick. */
import { createServer, type Socket } from 'node:net'

const END_OF_TEXT = '\r\n.\r\n'
const answers: Readonly<Record<string, string>> = {
  EHLO: '250 yes.example',
  AUTH: '235 yes',
  DATA: '354 yes',
  QUIT: '221 yes',
}

function serve(socket: Socket): void {
  let unread = ''
  let inText = false

  function answerAll(): void {
    for (;;) {
      const end = unread.indexOf(inText ? END_OF_TEXT : '\r\n')
      if (end < 0) return
      const taken = unread.slice(0, end)
      unread = unread.slice(end + (inText ? END_OF_TEXT.length : 2))
      const verb = taken.slice(0, 4)
      const answer = inText ? '250 yes' : (answers[verb] ?? '250 yes')
      inText = !inText && verb === 'DATA'
      socket.write(`${answer}\r\n`)
      if (answer.startsWith('221')) socket.end()
    }
  }

  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    unread += chunk.toString('latin1')
    answerAll()
  })
  socket.write('220 yes.example\r\n')
}

const server = createServer({ noDelay: true }, serve)
server.listen({ host: '127.0.0.1', port: 0, backlog: 1_024 }, () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0)
})
process.on('disconnect', () => process.exit())
