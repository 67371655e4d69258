import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { confirmForward } from '#lib/recipes/confirm-forward.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'

let engine: TestEngine
before(async () => {
  engine = await startEngine()
})
after(() => engine.stop())

test('only the token of the letter makes an address one to forward to', async () => {
  const { id: mailboxId } = await engine.addMailbox('taro')
  const token = randomBytes(24).toString('base64url')
  const tokenHash = createHash('sha256').update(token).digest()
  await prisma().forwardAddress.create({ data: { mailboxId, address: 'new@example.org', tokenHash } })
  const wrong = randomBytes(24).toString('base64url')
  await assert.rejects(confirmForward({ token: wrong }), (error) => error instanceof AppError)
  assert.deepEqual(await confirmForward({ token }), { address: 'new@example.org' })
  const row = await prisma().forwardAddress.findUnique({ where: { tokenHash } })
  assert.ok(row?.verifiedAt)
})
