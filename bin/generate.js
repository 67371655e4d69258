/**
 * Generates the Prisma client. Prisma's command looks for a native engine that it does not need here and that closed
 * networks cannot download; naming any program in its place keeps it from trying.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedMark, packagedNode, projectDirectory, schemaHash } from './install.js'

const prisma = join(projectDirectory, 'node_modules/prisma/build/index.js')
const result = spawnSync(packagedNode(), [prisma, 'generate'], {
  cwd: projectDirectory,
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
  encoding: 'utf8',
})
if (result.status !== 0) {
  console.error(
    `The database client could not be generated:\n${result.stderr || result.error?.message || result.stdout}`,
  )
  process.exit(1)
}
writeFileSync(generatedMark, schemaHash())
