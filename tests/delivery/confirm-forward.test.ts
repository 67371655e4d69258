import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { confirmForward } from '#lib/recipes/confirm-forward.ts'
import { saveRecipes } from '#lib/recipes/save-recipes.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'

const engine = await startEngine()
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

test('the reader of a new address is asked when the recipe is saved, not at the first message', async () => {
  const { id: mailboxId, actor } = await engine.addMailbox('hanako')
  const forward = (address: string) => ({ kind: 'forward' as const, address, keepsCopy: true })
  const recipe = { name: 'on', isOn: true, match: 'all' as const, conditions: [], stops: false }
  const actions = [forward('phone@outside.example'), forward('taro@infonia.ne.jp')]
  await saveRecipes(actor, { mailboxId, recipes: [{ ...recipe, actions }], basedOn: 0 })
  await eventually(async () => {
    const letters = await prisma().queuedRecipient.findMany({ select: { address: true } })
    assert.deepEqual(letters, [{ address: 'phone@outside.example' }])
  })
  const requests = await prisma().forwardAddress.findMany({ where: { mailboxId } })
  assert.deepEqual(
    requests.map(({ address, verifiedAt }) => [address, verifiedAt]),
    [['phone@outside.example', null]],
  )
})
