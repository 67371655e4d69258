/** The password of the old system makes the first portal password of a contract, once; the hash is nobody's to read. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { openHashThread } from '#lib/engine/auth/hash-thread.ts'
import { freshDatabase } from '#tests/support/database.ts'

const database = await freshDatabase()
const masterKey = randomBytes(32)
Object.assign(process.env, { DATABASE_URL: database.url, MASTER_KEY: masterKey.toString('base64') })

const { verifyPortalPassword } = await import('#lib/accounts/index.ts')
const { openWebSession } = await import('#lib/auth/web-sessions.ts')
const { prisma, prismaQueryable } = await import('#lib/db/prisma.ts')
const { importPassword } = await import('#lib/inherited-passwords/import-password.ts')
const { compareHash } = await import('#lib/inherited-passwords/compare-hash.ts')
const { provePassword } = await import('#lib/inherited-passwords/prove-password.ts')
const { openHash } = await import('#lib/inherited-passwords/sealed-hash.ts')
const { provePortalPassword, takeUpPassword } = await import('#lib/inherited-passwords/take-up-password.ts')
const { addCustomer } = await import('#lib/provisioning/customers.ts')
const { addMailbox } = await import('#lib/provisioning/mailboxes.ts')
const { addOperator, addSubscriber } = await import('#tests/support/people.ts')

let operator: Awaited<ReturnType<typeof addOperator>>
before(async () => {
  operator = await addOperator()
})
after(async () => {
  await prisma().$disconnect()
  await database.drop()
})

const old = 'Mukashi no 1'
const hashOf = (password: string) => `{SHA256}${createHash('sha256').update(password).digest('base64')}`

let contracts = 0
async function addHousehold(...logins: readonly string[]) {
  contracts += 1
  const contract = { contractNumber: `H-${contracts}`, name: '家族', nameKana: 'カゾク', phone: '03-1234-5678' }
  const { id: customerId } = await addCustomer(operator, contract)
  const mailboxes = []
  for (const login of logins) {
    const address = `${login}@infonia.ne.jp`
    mailboxes.push(await addMailbox(operator, { customerId, address, displayName: login }))
    await importPassword(operator, { address, hash: hashOf(`${old} ${login}`) })
  }
  return mailboxes
}

const left = (address: string) => prisma().inheritedPassword.count({ where: { mailbox: { address } } })

describe('the password of the old system', () => {
  it('makes the portal password, and its hash is gone with the same commit', async () => {
    const [mailbox] = await addHousehold('ichiro')
    assert.ok(mailbox)
    const { address, customerId } = mailbox
    assert.equal(await provePortalPassword(address, 'wrong'), null)
    const proven = await provePortalPassword(` ${address.toUpperCase()}`, `${old} ichiro`)
    assert.ok(proven)
    const identity = await takeUpPassword(proven, `${old} ichiro`)
    assert.deepEqual([identity?.role, identity?.customerId], ['SUBSCRIBER', customerId])
    assert.equal(await left(address), 0)
    assert.deepEqual(await verifyPortalPassword(address, `${old} ichiro`), identity)
    assert.equal(await provePortalPassword(address, `${old} ichiro`), null)
    const actions = await prisma().auditRecord.findMany({ where: { mailboxId: mailbox.id }, orderBy: { id: 'asc' } })
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['mailbox.create', 'inheritedPassword.import', 'inheritedPassword.takeUp'],
    )
    assert.doesNotMatch(JSON.stringify(actions.map(({ details }) => details)), /SHA256|Mukashi/)
    assert.equal(await prisma().ownerNotice.count({ where: { mailboxId: mailbox.id } }), 1)
  })

  it('taken up twice at once is one account', async () => {
    const [mailbox] = await addHousehold('niko')
    assert.ok(mailbox)
    const proven = await provePortalPassword(mailbox.address, `${old} niko`)
    assert.ok(proven)
    const both = await Promise.all([1, 2].map(() => takeUpPassword(proven, `${old} niko`)))
    assert.ok(both[0])
    assert.deepEqual(both[0], both[1])
  })

  it('takes the place of a first password that nobody has used, and of no other', async () => {
    const [fresh, used] = [await addSubscriber('saburo', false), await addSubscriber('shiro', false)]
    const { actor } = used
    const visitor = { address: '192.0.2.1', userAgent: 'test' }
    await openWebSession({ accountId: actor.accountId, role: 'SUBSCRIBER', provedBy: 'password' }, visitor)
    for (const { address } of [fresh, used]) await importPassword(operator, { address, hash: hashOf(old) })
    const proven = await provePortalPassword(fresh.address, old)
    assert.ok(proven)
    assert.equal((await takeUpPassword(proven, old))?.accountId, fresh.actor.accountId)
    assert.equal(await provePortalPassword(used.address, old), null)
  })

  it('of a further mailbox does not open the contract, to which all mailboxes belong', async () => {
    const [first, second] = await addHousehold('haha', 'kodomo')
    assert.ok(first && second)
    assert.equal(await provePortalPassword(second.address, `${old} kodomo`), null)
    const parts = { database: prismaQueryable(), masterKey, compareHash }
    assert.equal((await provePassword(parts, second.address, `${old} kodomo`))?.mailbox_id, second.id)
    assert.ok(await provePortalPassword(first.address, `${old} haha`))
  })

  it('of somebody else opens nothing, also where a name without one is compared with it', async () => {
    const all = await prisma().inheritedPassword.findMany({ include: { mailbox: true } })
    for (let index = 0; index < 20; index += 1) {
      for (const { mailbox } of all) {
        assert.equal(await provePortalPassword(`nobody-${index}@infonia.ne.jp`, `${old} ${mailbox.login}`), null)
      }
    }
  })

  it('is kept sealed, and one in the open is hashed first', async () => {
    const { id, address } = await addSubscriber('goro', false)
    await importPassword(operator, { address, hash: `{PLAIN}${old}` })
    const { sealedHash } = await prisma().inheritedPassword.findUniqueOrThrow({ where: { mailboxId: id } })
    assert.match(openHash(masterKey, id, sealedHash), /^\$argon2id\$/)
    assert.throws(() => openHash(masterKey, id + 1, sealedHash))
    assert.ok(await provePortalPassword(address, old))
  })

  it('is imported by operators alone', async () => {
    const { actor, address } = await addSubscriber('rokuro', false)
    const order = { address, hash: hashOf(old) }
    for (const role of ['SUPPORT_AGENT', 'AUDITOR', 'SUBSCRIBER'] as const) {
      await assert.rejects(importPassword({ ...actor, role }, order), { code: 'forbidden' })
    }
    assert.equal(await left(address), 0)
  })
})

describe('the thread in which the engine compares', () => {
  const sha = '$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/'
  const password = 'we have a short salt string but not a short password'

  it('tells right from wrong, says what is no hash, and goes on after its end', async () => {
    const thread = openHashThread((error) => assert.fail(String(error)))
    const compare = (hash: string, text: string) => thread.compareHash(hash, Buffer.from(text))
    assert.deepEqual(await Promise.all([compare(sha, password), compare(sha, 'wrong')]), [true, false])
    await assert.rejects(compare('{PLAIN}open', 'open'), /in the open/)
    const cut = compare(sha, password)
    await thread.close()
    await assert.rejects(cut, /has ended/)
    assert.equal(await compare(sha, password), true)
    await thread.close()
  })
})

describe('an owner', () => {
  it('ends reading by the old password at once, of their own mailbox only', async () => {
    const { currentPolicy } = await import('#lib/policy/index.ts')
    const { endInheritedReading, ownInheritedReaders } = await import('#lib/inherited-passwords/own-password.ts')
    const { changePolicy } = await import('#tests/support/people.ts')
    const [owner, other] = [await addSubscriber('owner', false), await addSubscriber('other', false)]
    await importPassword(operator, { address: owner.address, hash: hashOf(old) })
    assert.deepEqual(await ownInheritedReaders(owner.actor), [])
    const until = new Date(Date.now() + 86_400_000).toISOString()
    await changePolicy(operator, (document) => {
      document.inheritedPasswords.readingUntil = until
    })
    assert.equal((await currentPolicy()).document.inheritedPasswords.readingUntil, until)
    assert.deepEqual(await ownInheritedReaders(owner.actor), [{ mailboxId: owner.id, until }])
    assert.deepEqual(await ownInheritedReaders(other.actor), [])
    await assert.rejects(endInheritedReading(other.actor, { mailboxId: owner.id }), { code: 'not_found' })
    await endInheritedReading(owner.actor, { mailboxId: owner.id })
    assert.deepEqual(await ownInheritedReaders(owner.actor), [])
    await assert.rejects(endInheritedReading(owner.actor, { mailboxId: owner.id }), { code: 'not_found' })
    const { actorId } = await prisma().auditRecord.findFirstOrThrow({
      where: { action: 'inheritedPassword.forget', mailboxId: owner.id },
    })
    assert.equal(actorId, owner.actor.accountId)
  })
})
