/**
 * `npm test`: installs what is missing, then checks style, types and dependency rules and runs the test suites. Ends
 * with one line, "N passed, N failed". Names as arguments choose: `npm test -- unit rules`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { installMissingDebianPackages } from './debian-packages.js'
import { installMissingPackages, packagedNode, projectDirectory } from './install.js'

/** Quick ones first; a suite that is not named here comes after them. */
const order = ['unit', 'service', 'protocol', 'delivery', 'authorization', 'crash', 'interop', 'e2e']
const needDebianPackages = new Set(['interop', 'e2e'])
/** These open the portal, which has to be built. */
const needPortal = new Set(['service', 'authorization', 'interop', 'e2e'])
/**
 * Where processes, browsers and mail programs wait for each other on a busy machine, a file that failed is tried once
 * more, alone, and both runs are shown. Not here: unit tests wait for nobody, and mail that is lost once is lost.
 */
const neverAgain = new Set(['unit', 'delivery', 'crash'])
const noSuites = new Set(['support', 'fixtures', 'artifacts'])
const FILE_MINUTES = 15
/** One more than a small machine has cores: a test often waits for a program, and a program for its test. */
const FILES_AT_ONCE = 3
const quietly = ['--disable-warning=ExperimentalWarning']
/** Hundreds of processes load the same modules; this way each module is compiled once. */
const env = { ...process.env, NODE_COMPILE_CACHE: inProject('node_modules/.cache/node') }

const totals = { passed: 0, failed: 0 }
const suites = suiteNames()
const checks = { lint, types, rules }
const all = [...Object.keys(checks), ...suites]
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${all.join(', ')}`)
  process.exit(1)
}

installMissingPackages()
const chosen = wanted.length > 0 ? all.filter((name) => wanted.includes(name)) : all
if (chosen.some((name) => needDebianPackages.has(name))) installMissingDebianPackages()
if (chosen.some((name) => needPortal.has(name))) check([...quietly, inProject('lib/service/build.ts')])
const counts = mkdtempSync(join(tmpdir(), 'mail-test-counts-'))
for (const name of chosen) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`)
  if (name in checks) checks[name]()
  else runSuite(name)
}
rmSync(counts, { recursive: true, force: true })
console.log(`\n${totals.passed} passed, ${totals.failed} failed`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)

function suiteNames() {
  const names = readdirSync(join(projectDirectory, 'tests'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !noSuites.has(entry.name) && testFiles(entry.name).length > 0)
    .map((entry) => entry.name)
  const known = order.filter((name) => names.includes(name))
  return [...known, ...names.filter((name) => !known.includes(name)).sort()]
}

function testFiles(suite) {
  return readdirSync(join(projectDirectory, 'tests', suite), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join('tests', suite, path))
    .sort()
}

function lint() {
  check([inProject('node_modules/@biomejs/biome/bin/biome'), 'check', '.'])
}

/** Next writes the types of its routes before they can be checked. */
function types() {
  const typegen = node([inProject('node_modules/next/dist/bin/next'), 'typegen'], 'ignore')
  if (typegen.status === 0) check([inProject('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'])
  else count(false)
}

function rules() {
  const places = ['app', 'components', 'lib', 'tests', 'bench', 'proxy.ts', '--config', '.dependency-cruiser.mjs']
  check([inProject('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), ...places])
}

function check(args) {
  count(node(args, 'inherit').status === 0)
}

function count(passed) {
  totals[passed ? 'passed' : 'failed'] += 1
}

function runSuite(name) {
  const first = runFiles(testFiles(name))
  add(first)
  if (neverAgain.has(name)) return
  for (const { file, passed, failed } of first.failedFiles) {
    console.log(`↻ once more, alone: ${relative(projectDirectory, file)}`)
    add({ passed: -passed, failed: -failed })
    add(runFiles([file]))
  }
}

function runFiles(files) {
  const file = join(counts, 'last')
  rmSync(file, { force: true })
  const reporters = [
    '--test-reporter=./tests/support/progress-reporter.ts',
    '--test-reporter-destination=stdout',
    '--test-reporter=./tests/support/count-reporter.ts',
    `--test-reporter-destination=${file}`,
  ]
  const options = [`--test-concurrency=${FILES_AT_ONCE}`, `--test-timeout=${FILE_MINUTES * 60_000}`]
  const { status } = node([...quietly, '--test', ...options, ...reporters, ...files], 'inherit')
  const result = readCounts(file)
  const runnerBroke = status !== 0 && result.failed === 0
  return runnerBroke ? { ...result, failed: 1 } : result
}

function add({ passed, failed }) {
  totals.passed += passed
  totals.failed += failed
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 0, failedFiles: [] }
  }
}

function inProject(path) {
  return join(projectDirectory, path)
}

function node(args, stdio) {
  return spawnSync(packagedNode(), args, { cwd: projectDirectory, env, stdio: ['ignore', stdio, 'inherit'] })
}
