/** Each rule about who may know whom finds the import that breaks it. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'

const project = join(import.meta.dirname, '../..')

/** A file that breaks a rule, and what it imports; imported files of ours exist and import nothing. */
const plants: readonly { rule: string; file: string; imports: string }[] = [
  { rule: 'only-the-service-knows-the-engine', file: 'app/page.tsx', imports: '#lib/engine/queue/claim.ts' },
  { rule: 'only-the-service-knows-the-engine', file: 'lib/recipes/a.ts', imports: '#lib/engine/queue/claim.ts' },
  { rule: 'library-needs-no-next', file: 'lib/recipes/b.ts', imports: 'next/headers' },
  { rule: 'pages-reach-data-through-use-cases', file: 'app/a.tsx', imports: '#lib/db/prisma.ts' },
  { rule: 'engine-knows-no-portal', file: 'lib/engine/auth/a.ts', imports: '#lib/auth/sign-in.ts' },
  { rule: 'engine-knows-no-portal', file: 'lib/engine/auth/b.ts', imports: 'next/headers' },
  { rule: 'engine-loads-no-portal-client', file: 'lib/engine/auth/c.ts', imports: '#lib/db/prisma.ts' },
  { rule: 'engine-loads-no-portal-client', file: 'lib/engine/auth/d.ts', imports: '#lib/accounts/index.ts' },
  { rule: 'smtp-stands-alone', file: 'lib/engine/smtp/a.ts', imports: '../pop3/session.ts' },
  { rule: 'imap-stands-alone', file: 'lib/engine/imap/a.ts', imports: '#lib/db/database.ts' },
  { rule: 'runtime-knows-no-protocol', file: 'lib/engine/runtime/a.ts', imports: '../imap/session.ts' },
  { rule: 'only-lib-db-knows-the-drivers', file: 'lib/accounts/a.ts', imports: 'pg' },
  { rule: 'only-lib-db-knows-the-drivers', file: 'lib/accounts/b.ts', imports: '@prisma/adapter-pg' },
  { rule: 'mail-vocabulary-is-pure', file: 'lib/mail/a.ts', imports: '#lib/policy/schema.ts' },
  { rule: 'attempts-serve-all-doors', file: 'lib/attempts/a.ts', imports: '#lib/engine/queue/claim.ts' },
  { rule: 'library-knows-no-pages', file: 'lib/guides/a.ts', imports: '#components/ui/button.tsx' },
  { rule: 'components-show-what-they-are-given', file: 'components/form/a.tsx', imports: '#lib/db/database.ts' },
  { rule: 'ui-components-stand-alone', file: 'components/ui/a.tsx', imports: '#components/form/field.tsx' },
  { rule: 'no-barrels', file: 'lib/guides/b.ts', imports: '#lib/mail/index.ts' },
  { rule: 'product-needs-no-tests', file: 'lib/guides/c.ts', imports: '#tests/support/database.ts' },
  { rule: 'product-needs-no-development-packages', file: 'lib/guides/d.ts', imports: 'axe-core' },
  { rule: 'everything-resolves', file: 'lib/guides/e.ts', imports: '#lib/guides/nowhere.ts' },
  { rule: 'no-cycle', file: 'lib/policy/a.ts', imports: './b.ts' },
]

type Violation = { from: string; rule: { name: string } }

describe('dependency rules', () => {
  let tree = ''
  let violations: Violation[] = []

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }

  before(() => {
    tree = mkdtempSync(join(tmpdir(), 'mail-rules-'))
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) {
      copyFileSync(join(project, file), join(tree, file))
    }
    symlinkSync(join(project, 'node_modules'), join(tree, 'node_modules'))
    for (const { imports } of plants) {
      if (imports.startsWith('#') && !imports.includes('nowhere')) write(imports.slice(1), 'export const here = true\n')
    }
    for (const protocol of ['pop3', 'imap']) write(`lib/engine/${protocol}/session.ts`, 'export const here = true\n')
    write('lib/policy/b.ts', `import './a.ts'\n`)
    for (const { file, imports } of plants) write(file, `import '${imports}'\n`)
    write('lib/mail/innocent.ts', `import './a.ts'\n`)
    violations = cruise(tree)
  })

  after(() => rmSync(tree, { recursive: true, force: true }))

  for (const { rule, file, imports } of plants) {
    test(`${rule}: ${file} must not import ${imports}`, () => {
      const found = violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)
      assert.ok(found.includes(rule), `found only: ${found.join(', ') || 'nothing'}`)
    })
  }

  test('a module that breaks no rule is left alone', () => {
    assert.deepEqual(
      violations.filter((violation) => violation.from === 'lib/mail/innocent.ts'),
      [],
    )
  })
})

function cruise(directory: string): Violation[] {
  const program = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [program, 'app', 'components', 'lib', '--config', '.dependency-cruiser.mjs', '--output-type', 'json']
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8', maxBuffer: 1e8 })
  assert.notEqual(stdout, '', stderr)
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations
}
