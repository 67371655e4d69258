/** RFC 1939 command by command over a raw socket, each conversation cut at every byte: see scenes.ts. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { startEngine } from '#tests/support/engine.ts'
import { matrix } from '#tests/support/matrix.ts'
import { fillMailbox, Pop3Client } from '#tests/support/pop3-talk.ts'
import { cutsOf, filledIn, play, type Scene } from '#tests/support/scenes.ts'
import { WireClient } from '#tests/support/wire-client.ts'
import { commands, scenes, wholeConversations } from './pop3-scenes.ts'

const letter = 'Subject: one\r\n\r\nfirst\r\n.second\r\n'

const engine = await startEngine({
  policy: (document) => {
    document.listeners.pop3.requireTls = false
  },
})
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
await fillMailbox(engine, taro.id, [letter, letter, letter])

describe('POP3 by the letter', () => {
  const figures = matrix('pop3-conformance', 'POP3 conversations cut at every byte whose answers differ: none')

  function inPlace(scene: Scene): Scene {
    const { username, password } = taro.credential
    const initial = Buffer.from(`\0${username}\0${password}`).toString('base64')
    const sizeBytes = 'Return-Path: <a@b.example>\r\n'.length + letter.length
    const words = { user: username, password, initial, size: String(sizeBytes), total: String(3 * sizeBytes) }
    return filledIn(scene, words)
  }

  for (const scene of wholeConversations) {
    figures.check(`${scene.name}, cut at every byte`, async () => {
      const filled = inPlace(scene)
      for (const cut of cutsOf(filled)) {
        const wire = await WireClient.connect({ port: engine.ports.pop3 })
        await play(filled, wire, cut, () => wire.rest())
      }
    })
  }

  for (const scene of scenes) {
    figures.check(
      `${scene.name}, cut at every byte`,
      async () => {
        const filled = inPlace(scene)
        const { wire } = await Pop3Client.login(engine, taro.credential)
        const lines = new RegExp(`^(?:[^\\r\\n]*\\r\\n){${filled.hears.length}}`)
        for (const cut of cutsOf(filled)) await play(filled, wire, cut, () => wire.until(lines))
        wire.close()
      },
      cutsOf(scene).length,
    )
  }

  it('no command is left out', () => {
    const said = [...wholeConversations, ...scenes].flatMap(({ says }) => says).join('\n')
    for (const command of commands) assert.match(said, new RegExp(`^${command}( |$)`, 'm'), command)
  })
})
