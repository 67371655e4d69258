/** `npm run figures`: writes what the tests counted (tests/artifacts/figures.json) into the README's table. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDirectory } from './install.js'

const START = '<!-- figures: written by `npm run figures` -->\n'
const END = '<!-- end of figures -->'

const readme = join(projectDirectory, 'README.md')
const text = readFileSync(readme, 'utf8')
const start = text.indexOf(START)
const end = text.indexOf(END)
if (start < 0 || end < start) throw new Error('README.md has no place for the figures')
writeFileSync(readme, text.slice(0, start + START.length) + table(readFigures()) + text.slice(end))

function readFigures() {
  const path = join(projectDirectory, 'tests', 'artifacts', 'figures.json')
  return JSON.parse(readFileSync(path, 'utf8'))
}

function table(figures) {
  const number = new Intl.NumberFormat('en')
  const rows = figures.map(({ id, title, cases, passed }) => {
    const mark = passed === cases ? '✅' : '❌'
    return `| ${title} | ${mark} ${number.format(passed)} of ${number.format(cases)} | \`${id}\` |\n`
  })
  return `\n| what the tests show | | figure |\n|---|---|---|\n${rows.join('')}\n`
}
