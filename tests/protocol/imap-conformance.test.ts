/** RFC 9051 command by command over a raw socket, each conversation cut at every byte: see scenes.ts. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { cutsOf, filledIn, play, type Scene } from '#tests/support/scenes.ts'
import { WireClient } from '#tests/support/wire-client.ts'
import { commands, responses, scenes, wholeConversations } from './imap-scenes.ts'

const engine = await startEngine({
  policy: (document) => {
    document.listeners.imap.requireTls = false
  },
})
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('IMAP by the letter', () => {
  const figures = matrix('imap-conformance', 'IMAP conversations cut at every byte whose answers differ: none')

  function inPlace(scene: Scene): Scene {
    const { username, password } = taro.credential
    const initial = Buffer.from(`\0${username}\0${password}`).toString('base64')
    const [userBytes, passwordBytes] = [String(username.length), String(password.length)]
    return filledIn(scene, { user: username, password, initial, userBytes, passwordBytes })
  }

  for (const scene of wholeConversations) {
    figures.check(`${scene.name}, cut at every byte`, async () => {
      const filled = inPlace(scene)
      for (const cut of cutsOf(filled)) {
        const wire = await WireClient.connect({ port: engine.ports.imap })
        await play(filled, wire, cut, () => wire.rest())
      }
    })
  }

  for (const scene of scenes) {
    figures.check(
      `${scene.name}, cut at every byte`,
      async () => {
        const { wire } = await ImapClient.login(engine, taro.credential)
        const lastTag = scene.says.findLast((line) => /^[a-z] /.test(line))?.[0]
        const end = new RegExp(`(?:^|\\r\\n)${lastTag} (?:OK|NO|BAD) [^\\r\\n]*\\r\\n`)
        for (const cut of cutsOf(scene)) await play(scene, wire, cut, () => wire.until(end))
        wire.close()
      },
      cutsOf(scene).length,
    )
  }

  it('no command and no response is left out', () => {
    const all = [...wholeConversations, ...scenes]
    const said = all.flatMap(({ says }) => says).join('\n')
    const heard = all.flatMap(({ hears }) => hears).join('\n')
    for (const command of commands) assert.match(said, new RegExp(`^[a-z] (UID )?${command}( |$)`, 'm'), command)
    for (const response of responses) assert.match(heard, new RegExp(`^[*a-z] (\\d+ )?${response}( |$)`, 'm'), response)
  })
})
