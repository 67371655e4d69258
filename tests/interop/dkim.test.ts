/** Our DKIM signatures under the eyes of a verifier that shares no code with us: dkimpy, with libsodium's Ed25519. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe } from 'node:test'
import { signMessage } from '#lib/engine/delivery/dkim/sign-message.ts'
import { missing } from '#tests/support/clients/run-client.ts'
import { hardMessages, makeSigningKeys } from '#tests/support/dkim.ts'
import { matrix } from '#tests/support/matrix.ts'

const VERIFY = `
import base64, dkim, json, sys
given = json.load(sys.stdin)
def dns(name, timeout=5):
    return given['records'].get(name.decode().rstrip('.'), '').encode()
verifier = dkim.DKIM(base64.b64decode(given['message']))
print(' '.join(str(verifier.verify(index, dnsfunc=dns)) for index in range(2)))
`

describe('DKIM as dkimpy sees it', { skip: missing('dkimverify') }, async () => {
  const { check } = matrix('dkim-signatures', 'DKIM signatures (RSA, Ed25519) that an independent verifier accepts')
  const { signing, records } = await makeSigningKeys('infonia.test')

  for (const [name, text] of Object.entries(hardMessages)) {
    check(
      name,
      async () => {
        const message = Buffer.from(text, 'latin1')
        const signed = Buffer.concat([await signMessage(message, signing, new Date()), message])
        const input = JSON.stringify({ records, message: signed.toString('base64') })
        const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', VERIFY], { input, encoding: 'utf8' })
        assert.equal(stdout.trim(), 'True True', stderr)
      },
      signing.length,
    )
  }
})
