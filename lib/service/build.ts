/** `npm run build`: the portal, built when its sources have changed. `npm start` does the same by itself. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePortalBuild } from './portal-build.ts'

const logDirectory = mkdtempSync(join(tmpdir(), 'mail-build-'))
try {
  await ensurePortalBuild(process.env, logDirectory, (line) => console.log(line), new AbortController().signal)
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
