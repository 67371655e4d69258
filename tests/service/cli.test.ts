/** `npm run ispmail`, as an operator runs it beside the service. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readTable } from '#lib/csv/read-table.ts'
import { type FreshDatabase, freshDatabase } from '#tests/support/database.ts'

const directory = mkdtempSync(join(tmpdir(), 'mail-cli-'))
let fresh: FreshDatabase
let setting: Awaited<ReturnType<typeof prepare>>

async function prepare() {
  fresh = await freshDatabase()
  const environment = { DATABASE_URL: fresh.url, DATA_DIR: directory, MASTER_KEY: randomBytes(32).toString('base64') }
  Object.assign(process.env, environment, { LANG: 'C.UTF-8', LC_ALL: '' })
  const { addOperator, addSubscriber } = await import('#tests/support/people.ts')
  return { operator: await addOperator(), taro: await addSubscriber('taro', false) }
}

before(async () => {
  setting = await prepare()
})
after(async () => {
  await (await database()).$disconnect()
  await fresh.drop()
  rmSync(directory, { recursive: true })
})

async function database() {
  const { prisma } = await import('#lib/db/prisma.ts')
  return prisma()
}

function run(...args: string[]) {
  const options = { env: process.env, encoding: 'utf8' } as const
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'lib/cli/main.ts', ...args], options)
}

const named = ['--as', 'operator', '--reason', 'case 1']

function file(name: string, content: string | Uint8Array): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

describe('the command', () => {
  const wrong: readonly [string, string[], RegExp][] = [
    ['that is none', ['mailboxes', 'explode'], /no such command/],
    ['without a name', ['customers', 'list'], /--as is missing/],
    ['in the name of nobody', ['customers', 'list', '--as', 'nobody'], /no such operator/],
    ['in the name of a subscriber', ['customers', 'list', '--as', 'taro@infonia.ne.jp'], /no such operator/],
    [
      'that changes something without a reason',
      ['mailboxes', 'suspend', 'taro@infonia.ne.jp', '--as', 'operator'],
      /--reason is missing/,
    ],
    ['with an option that it does not have', ['customers', 'list', '--as', 'operator', '--colour', 'red'], /--colour/],
    ['without what it needs', ['mailboxes', 'create', 'a@infonia.ne.jp', ...named], /--contract is missing/],
  ]
  for (const [name, args, problem] of wrong) {
    it(`${name} says so`, () => {
      const { status, stderr } = run(...args)
      assert.equal(status, 2)
      assert.match(stderr, problem)
    })
  }
  it('lists what there is, and what one takes', () => {
    assert.match(run('--help').stdout, /policy rollout VERSION finish \| return/)
    assert.match(run('mailboxes', 'suspend', '--help').stdout, /--text-ja TEXT/)
  })
  it('without a database says how to get one', () => {
    const env = { ...process.env, DATABASE_URL: '' }
    const { status, stderr } = spawnSync(
      process.execPath,
      ['lib/cli/main.ts', 'customers', 'list', '--as', 'operator'],
      { env, encoding: 'utf8' },
    )
    assert.equal(status, 2)
    assert.match(stderr, /npm start/)
  })
})

describe('the first operator', () => {
  const first = (login: string) => [
    ...['staff', 'first', login, '--name', 'Ichi', '--mail', 'ichi@elsewhere.test', '--reason', 'a new site'],
  ]

  it('is made where there is none, once', async () => {
    const prisma = await database()
    assert.match(run(...first('zero')).stderr, /There is an operator already/)
    const operators = { where: { role: 'OPERATOR' as const } }
    await prisma.portalAccount.updateMany({ ...operators, data: { disabledAt: new Date() } })
    const { status, stdout, stderr } = run(...first('ichi'))
    await prisma.portalAccount.updateMany({ ...operators, data: { disabledAt: null } })
    assert.equal(status, 0, stderr)
    const [, password = ''] = /^ichi ([a-z2-9-]{34})$/m.exec(stdout) ?? []
    const { verifyPortalPassword } = await import('#lib/accounts/index.ts')
    assert.equal((await verifyPortalPassword('ichi', password))?.role, 'OPERATOR')
    const made = await prisma.auditRecord.findFirstOrThrow({ where: { action: 'staff.addFirst' } })
    assert.deepEqual([made.actorId, made.reason], [null, 'a new site'])
  })
})

describe('customers import', () => {
  const csv = [
    'contract_number,name,name_kana,phone,address,pop_before_smtp',
    'C-1,"山田, 花子",ヤマダ ハナコ,03-1234-5678,yamada@infonia.ne.jp,yes',
    'C-2,佐藤,サトウ,03-1234-5679,,',
    'C-3,鈴木,スズキ,not a number,suzuki@infonia.ne.jp,',
    'C-4,高橋,タカハシ,03-1234-5670,taro@infonia.ne.jp,',
    'c-1,田中,タナカ,03-1234-5671,,',
  ].join('\r\n')

  it('in a dry run says what would happen, and nothing does', async () => {
    const prisma = await database()
    const [before, audits] = [await prisma.customer.count(), await prisma.auditRecord.count()]
    const { status, stdout } = run('customers', 'import', file('c.csv', csv), ...named, '--dry-run')
    assert.equal(status, 1)
    assert.match(stdout, /2 would be added, 3 not/)
    assert.deepEqual([await prisma.customer.count(), await prisma.auditRecord.count()], [before, audits])
  })

  it('adds each line whole or not at all, and names those that it could not', async () => {
    const prisma = await database()
    const { status, stdout } = run('customers', 'import', file('c.csv', csv), ...named)
    assert.equal(status, 1)
    assert.match(stdout, /line 4: not added: phone/)
    assert.match(stdout, /line 5: not added: taro@infonia\.ne\.jp is taken/)
    assert.match(stdout, /line 6: not added: a line before it/)
    assert.match(stdout, /2 added, 3 not/)
    assert.equal(await prisma.customer.count({ where: { contractNumber: 'C-4' } }), 0)
    const mailbox = await prisma.mailbox.findUniqueOrThrow({ where: { address: 'yamada@infonia.ne.jp' } })
    assert.deepEqual([mailbox.displayName, mailbox.popBeforeSmtp], ['山田, 花子', true])
  })

  it('is on record with its reason, in the name of the operator', async () => {
    const record = await (await database()).auditRecord.findFirstOrThrow({
      where: { action: 'cli.run', subject: 'cli:customers import' },
    })
    assert.deepEqual(
      [record.actorId, record.subject, record.reason],
      [setting.operator.accountId, 'cli:customers import', 'case 1'],
    )
  })

  const unreadable: readonly [string, string | Uint8Array, RegExp][] = [
    ['in another encoding', new Uint8Array([0x8e, 0x52, 0x2c]), /not UTF-8/],
    ['with a stray quotation mark', 'a,b\nx"y,z', /quotation mark/],
    ['with a short line', 'a,b\nx', /line 2 has 1 fields/],
    ['that is empty', '', /empty/],
  ]
  for (const [name, content, problem] of unreadable) {
    it(`refuses a file ${name}`, () => {
      const { status, stderr } = run('customers', 'import', file('bad.csv', content), ...named)
      assert.equal(status, 1)
      assert.match(stderr, problem)
    })
  }

  it('reads CSV as RFC 4180 has it', () => {
    const rows = readTable(new TextEncoder().encode('\ufeffa,b\r\n"x ""y""\nz",\r\n\r\n1,2\n'))
    assert.deepEqual(rows, [
      { line: 2, values: { a: 'x "y"\nz', b: '' } },
      { line: 5, values: { a: '1', b: '2' } },
    ])
  })
})

describe('passwords import', () => {
  const ssha = '{SSHA256}6Dl3H1bk2iTsqxWEXsdziUCVcIOClep0D77wQnq+vrLPWm93'
  const lines = [
    '# from the old server',
    `taro:${ssha}:1000:1000::/home/taro`,
    'yamada@infonia.ne.jp:{PLAIN}Mukashi no 1',
    'nobody:$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1',
    'suspended:!',
    `TARO:${ssha}`,
    '',
    'costly:{BLF-CRYPT}$2y$14$abcdefghijklmnopqrstuuWHxnxkyNt6AHCwFMQaY6auyqJA8E98a',
  ].join('\n')
  const kept = async () => (await database()).inheritedPassword.findMany({ include: { mailbox: true } })

  it('in a dry run names each fault with its line, and keeps nothing', async () => {
    const { status, stdout } = run('passwords', 'import', file('passwd', lines), ...named, '--dry-run')
    assert.equal(status, 1)
    assert.match(stdout, /line 4: nobody@infonia\.ne\.jp: not imported: It was not found/)
    assert.match(stdout, /line 5: suspended@infonia\.ne\.jp: not imported: it is locked or empty/)
    assert.match(stdout, /line 6: taro@infonia\.ne\.jp: not imported: a line before it/)
    assert.match(stdout, /line 8: costly@infonia\.ne\.jp: not imported: it asks for cost 14/)
    assert.match(stdout, /2 would be imported, 4 not/)
    assert.deepEqual(await kept(), [])
  })

  it('keeps what can be kept, sealed, and prints no hash', async () => {
    const { stdout, stderr } = run('passwords', 'import', file('passwd', lines), ...named)
    assert.match(stdout, /2 imported, 4 not/)
    assert.doesNotMatch(stdout + stderr, /\{|\$|Mukashi/)
    const rows = await kept()
    assert.deepEqual(rows.map(({ mailbox }) => mailbox.login).toSorted(), ['taro', 'yamada'])
    for (const { sealedHash } of rows) assert.doesNotMatch(Buffer.from(sealedHash).toString('latin1'), /SSHA|argon/)
    assert.match(run('passwords', 'list', '--as', 'operator').stdout, /^taro@infonia\.ne\.jp\t/m)
  })

  it('reads CSV, and a scheme that the file does not name', async () => {
    const csv = `address,hash\r\ntaro@infonia.ne.jp,"${ssha.replace('{SSHA256}', '')}"\r\n`
    assert.match(run('passwords', 'import', file('p.csv', csv), ...named).stdout, /line 2: .*no form of crypt/)
    const { status, stdout } = run('passwords', 'import', file('p.csv', csv), '--scheme', 'SSHA256', ...named)
    assert.deepEqual([status, stdout], [0, '1 imported, 0 not.\n'])
  })

  it('are forgotten', async () => {
    const { stdout } = run('passwords', 'forget', 'taro@infonia.ne.jp', 'nobody@infonia.ne.jp', ...named)
    assert.match(stdout, /^taro@infonia\.ne\.jp: done\nnobody@infonia\.ne\.jp: not done/)
    assert.deepEqual(
      (await kept()).map(({ mailbox }) => mailbox.login),
      ['yamada'],
    )
  })
})

describe('mailboxes and credentials', () => {
  const texts = ['--text-ja', '確認のため', '--text-en', 'for a check']

  it('are suspended and resumed, one by one', async () => {
    const where = { where: { address: 'taro@infonia.ne.jp' } }
    const prisma = await database()
    const words = ['taro@infonia.ne.jp', 'nobody@infonia.ne.jp']
    assert.match(run('mailboxes', 'suspend', ...words, ...texts, ...named, '--dry-run').stdout, /would be done/)
    assert.equal((await prisma.mailbox.findUniqueOrThrow(where)).suspendedAt, null)
    const { status, stdout } = run('mailboxes', 'suspend', ...words, ...texts, ...named)
    assert.equal(status, 1)
    assert.match(stdout, /^taro@infonia\.ne\.jp: done\nnobody@infonia\.ne\.jp: not done/)
    assert.notEqual((await prisma.mailbox.findUniqueOrThrow(where)).suspendedAt, null)
    assert.equal(run('mailboxes', 'resume', 'taro@infonia.ne.jp', ...named).status, 0)
    assert.equal((await prisma.mailbox.findUniqueOrThrow(where)).suspendedAt, null)
  })

  it('are issued with a password that is printed, and revoked', async () => {
    const issued = run('credentials', 'issue', 'taro@infonia.ne.jp', '--label', 'bulk', '--scopes', 'pop', ...named)
    assert.equal(issued.status, 0, issued.stderr)
    const [id = '', , password] = issued.stdout.trim().split('\t')
    assert.match(password ?? '', /^[a-z0-9-]{34}$/)
    assert.equal(run('credentials', 'revoke', id, ...named).status, 0)
    assert.match(run('credentials', 'list', 'taro@infonia.ne.jp', '--as', 'operator').stdout, /bulk\trevoked/)
  })
})

describe('aliases import', () => {
  const map = [
    '# addresses of the old system',
    'sales@infonia.ne.jp hanako@infonia.ne.jp',
    'postmaster sales',
    'hanako hanako, phone@outside.example',
    'jiro phone@outside.example',
    'saburo phone@outside.example',
    'staff hanako, jiro',
    '@infonia.ne.jp hanako',
    'sales jiro',
  ].join('\n')
  const importing = (name: string, text: string, ...more: string[]) =>
    run('aliases', 'import', file(name, text), '--format', 'postfix-virtual', ...named, ...more)
  const idOf = async (login: string) =>
    (await (await database()).mailbox.findUniqueOrThrow({ where: { address: `${login}@infonia.ne.jp` } })).id
  const scriptsOf = async (login: string) =>
    (await database()).sieveScript.findMany({ where: { mailboxId: await idOf(login) }, orderBy: { name: 'asc' } })
  const forwardsOf = async (login: string) =>
    (await (await database()).forwardAddress.findMany({ where: { mailboxId: await idOf(login) } })).map(
      ({ address, verifiedAt }) => [address, verifiedAt !== null],
    )

  before(async () => {
    const { addSubscriber } = await import('#tests/support/people.ts')
    for (const login of ['hanako', 'jiro', 'saburo']) await addSubscriber(login, false)
    const own = { mailboxId: await idOf('saburo'), name: 'mine', content: 'keep;', isActive: true }
    await (await database()).sieveScript.create({ data: own })
  })

  it('in a dry run says what would become of each line, and nothing does', async () => {
    const prisma = await database()
    const counts = async () => [
      await prisma.alias.count(),
      await prisma.sieveScript.count(),
      await prisma.forwardAddress.count(),
      await prisma.auditRecord.count(),
    ]
    const before = await counts()
    const { status, stdout } = importing('virtual', map, '--dry-run')
    assert.equal(status, 1)
    assert.match(stdout, /^line 3: postmaster@infonia\.ne\.jp: alias -> sales@infonia\.ne\.jp$/m)
    assert.match(stdout, /^line 6: saburo@infonia\.ne\.jp: not imported: .*Sieve script that its owner wrote/m)
    assert.match(stdout, /^4 would be imported, 0 already so, 4 not\.$/m)
    assert.deepEqual(await counts(), before)
  })

  it('brings what can be brought and names the rest, with forwards that wait and keep a copy', async () => {
    const { status, stdout } = importing('virtual', map)
    assert.equal(status, 1)
    assert.match(
      stdout,
      /^line 5: jiro@.*forward -> phone@outside\.example, keeps a copy, waits for the reader there to agree$/m,
    )
    assert.match(stdout, /^line 7: staff@.*not imported: There are several mailboxes/m)
    assert.match(stdout, /^line 8: @infonia\.ne\.jp: not imported: "@domain"/m)
    assert.match(stdout, /^line 9: sales: not imported: A line before it/m)
    assert.match(stdout, /^4 imported, 0 already so, 4 not\.$/m)
    const hanako = await idOf('hanako')
    const aliases = await (await database()).alias.findMany({ orderBy: { address: 'asc' } })
    assert.deepEqual(
      aliases.map(({ address, mailboxId }) => [address, mailboxId]),
      [
        ['postmaster@infonia.ne.jp', hanako],
        ['sales@infonia.ne.jp', hanako],
      ],
    )
    const [script] = await scriptsOf('jiro')
    assert.match(script?.content ?? '', /redirect :copy "phone@outside\.example";/)
    assert.equal(script?.isActive, true)
    assert.deepEqual(await forwardsOf('jiro'), [['phone@outside.example', false]])
    const [left, ...others] = await scriptsOf('saburo')
    assert.deepEqual([left?.content, left?.isActive, others], ['keep;', true, []])
  })

  it('does nothing a second time, and confirms only when told to, on record', async () => {
    assert.match(importing('virtual', map).stdout, /^0 imported, 4 already so, 4 not\.$/m)
    assert.equal((await scriptsOf('jiro')).length, 1)
    const { stdout } = importing('confirmed', 'jiro phone@outside.example', '--confirmed')
    assert.match(stdout, /now confirmed/)
    assert.deepEqual(await forwardsOf('jiro'), [['phone@outside.example', true]])
    const record = await (await database()).auditRecord.findFirstOrThrow({ where: { action: 'forward.confirm' } })
    assert.deepEqual(
      [record.actorId, record.mailboxId, record.reason],
      [setting.operator.accountId, await idOf('jiro'), 'case 1'],
    )
  })

  it('keeps the recipes that are there, and leaves those alone that their owner switched off', async () => {
    importing('more', 'jiro jiro, second@outside.example', '--confirmed')
    const { readRecipes } = await import('#lib/recipes/read-recipes.ts')
    const [script] = await scriptsOf('jiro')
    assert.deepEqual(
      readRecipes(script?.content ?? '')?.map(({ actions }) => actions),
      ['second', 'phone'].map((name) => [{ kind: 'forward', address: `${name}@outside.example`, keepsCopy: true }]),
    )
    const where = { mailboxId: await idOf('jiro') }
    await (await database()).sieveScript.updateMany({ where, data: { isActive: false } })
    assert.match(importing('off', 'jiro third@outside.example').stdout, /has switched its recipes off/)
  })

  it('is for operators alone', async () => {
    const { bringMap, judgeMap } = await import('#lib/address-maps/import-map.ts')
    const { bringPastedMap } = await import('#lib/address-maps/bring-pasted-map.ts')
    const { actor } = setting.taro
    const order = { reason: 'case 1', isConfirmed: true }
    const table = { text: map, format: 'csv' as const, domain: 'infonia.ne.jp' }
    const forbidden = { code: 'forbidden' }
    await assert.rejects(judgeMap(actor, table), forbidden)
    await assert.rejects(bringMap(actor, table, order, (work) => work()).next(), forbidden)
    await assert.rejects(bringPastedMap(actor, { ...table, ...order, isDryRun: true }), forbidden)
  })

  it('is looked at first on the page too, without a change, while others go on', async () => {
    const { bringPastedMap } = await import('#lib/address-maps/bring-pasted-map.ts')
    const prisma = await database()
    const text = 'page taro\npage2 nobody\ntaro taro, reader@outside.example\n'
    const order = { format: 'postfix-virtual' as const, domain: 'infonia.ne.jp', reason: 'case 1', isConfirmed: false }
    const bring = async (isDryRun: boolean) =>
      (await bringPastedMap(setting.operator, { ...order, text, isDryRun })).lines.map(({ outcome }) => outcome)
    const [aliases, audits] = [await prisma.alias.count(), await prisma.auditRecord.count()]
    const [judged, isThere] = await Promise.all([bring(true), prisma.alias.count()])
    assert.deepEqual(judged, ['alias', 'refused', 'waitingForward'])
    assert.deepEqual(
      [isThere, await prisma.alias.count(), await prisma.auditRecord.count()],
      [aliases, aliases, audits],
    )
    assert.deepEqual(await bring(false), judged)
    assert.deepEqual(await bring(true), ['nothing', 'refused', 'nothing'])
    const long = { ...order, text: 'a b\n'.repeat(2_001), isDryRun: true }
    await assert.rejects(bringPastedMap(setting.operator, long), { code: 'invalid_input' })
  })

  const wrong: readonly [string, string[], RegExp][] = [
    ['of no known format', ['--format', 'sendmail'], /--format is one of postfix-virtual/],
    ['for a domain of somebody else', ['--format', 'csv', '--domain', 'example.com'], /not hosted here/],
  ]
  for (const [name, args, problem] of wrong) {
    it(`refuses a table ${name}`, () => {
      const { status, stderr } = run('aliases', 'import', file('wrong', map), ...args, ...named)
      assert.equal(status, 2)
      assert.match(stderr, problem)
    })
  }
})

describe('the policy', () => {
  it('goes out into a file and comes back, with its difference told first', async () => {
    const exported = run('policy', 'export', '--as', 'operator')
    const changed = JSON.parse(exported.stdout)
    changed.retention.trashDays = 30
    const path = file('policy.json', JSON.stringify(changed))
    assert.match(run('policy', 'diff', path, '--as', 'operator').stdout, /^retention\.trashDays: 0 -> 30/)
    assert.match(run('policy', 'import', path, ...named, '--dry-run').stdout, /would be saved/)
    assert.match(run('policy', 'import', path, ...named, '--percent', '10').stdout, /saved as version \d+/)
    const { policyInForce } = await import('#lib/policy/index.ts')
    const { rollout } = await policyInForce()
    assert.deepEqual(rollout?.extent, { kind: 'percent', percent: 10 })
    assert.equal(run('policy', 'rollout', String(rollout?.version), 'finish', ...named).status, 0)
    assert.equal((await policyInForce()).ruling.document.retention.trashDays, 30)
  })

  it('that is none is refused by the name of its field', () => {
    const { status, stderr } = run('policy', 'diff', file('wrong.json', '{"listeners":{}}'), '--as', 'operator')
    assert.equal(status, 2)
    assert.match(stderr, /listeners\.mx: missing/)
  })
})

it('the audit trail answers who was affected, and is exported', async () => {
  const stretch = ['--from', '2020-01-01T00:00:00Z', '--as', 'operator']
  assert.match(
    run('audit', 'affected', '--action', 'mailbox.suspend', ...stretch).stdout,
    /^taro@infonia\.ne\.jp\tT-taro\t1\tmailbox\.suspend/,
  )
  const lines = run('audit', 'export', ...stretch)
    .stdout.trim()
    .split('\n')
  assert.ok(lines.length > 10)
  assert.equal(JSON.parse(lines[0] ?? '').action, 'credential.issue')
  assert.equal(await (await database()).auditRecord.count({ where: { action: 'audit.export' } }), 1)
  assert.match(run('audit', 'affected', '--from', 'yesterday', '--as', 'operator').stderr, /is no time/)
})
