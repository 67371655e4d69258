/** The files of the embedded PostgreSQL: made once by initdb, in one step, so that an interrupted first run leaves none. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostgresPrograms } from './postgres-programs.ts'
import { StartupError } from './startup-error.ts'
import { unprivilegedAccount, unprivilegedCommand } from './unprivileged.ts'
import { renameDurably, writeAtomically } from './write-atomically.ts'

export type PostgresCluster = {
  readonly directory: string
  readonly socketDirectory: string
  readonly password: string
  readonly isNew: boolean
}

/** sun_path holds 108 bytes (unix(7)); PostgreSQL adds "/.s.PGSQL.5432.lock". */
const MAX_SOCKET_DIRECTORY_BYTES = 80

/** @param dataDirectory the service's own directory, which exists */
export async function preparePostgresCluster(
  programs: PostgresPrograms,
  dataDirectory: string,
): Promise<PostgresCluster> {
  const directory = join(dataDirectory, 'postgres')
  const password = databasePassword(dataDirectory)
  const isNew = !existsSync(directory)
  if (isNew) await initialise(programs, directory, password)
  return { directory, password, isNew, socketDirectory: socketDirectory(dataDirectory) }
}

function databasePassword(dataDirectory: string): string {
  const keys = join(dataDirectory, 'keys')
  const file = join(keys, 'database.password')
  mkdirSync(keys, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) writeAtomically(file, randomBytes(24).toString('base64url'), 0o600)
  return readFileSync(file, 'utf8').trim()
}

function socketDirectory(dataDirectory: string): string {
  const beside = join(dataDirectory, 'run')
  if (Buffer.byteLength(beside) > MAX_SOCKET_DIRECTORY_BYTES)
    return ownedByServer(mkdtempSync(join(tmpdir(), 'mail-run-')))
  mkdirSync(beside, { recursive: true, mode: 0o700 })
  return ownedByServer(beside)
}

function ownedByServer(path: string): string {
  const account = unprivilegedAccount()
  if (account !== null) chownSync(path, account.uid, account.gid)
  return path
}

async function initialise(programs: PostgresPrograms, directory: string, password: string): Promise<void> {
  const unfinished = `${directory}.new`
  const passwordFile = `${directory}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  chmodSync(unfinished, 0o700)
  ownedByServer(unfinished)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  ownedByServer(passwordFile)
  try {
    await runInitdb(programs.initdb, [
      `--pgdata=${unfinished}`,
      `--pwfile=${passwordFile}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameDurably(unfinished, directory)
}

function runInitdb(file: string, args: string[]): Promise<void> {
  const paths = [join(args[0]?.slice('--pgdata='.length) ?? '', 'PG_VERSION')]
  const command = unprivilegedCommand(file, args, paths)
  return new Promise((resolve, reject) => {
    const child = spawn(command.file, command.args, {
      uid: command.uid,
      gid: command.gid,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const said: Buffer[] = []
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes))
    child.on('error', (error) => reject(new StartupError(`PostgreSQL's initdb did not start: ${error.message}`)))
    child.on('close', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new StartupError(
            `PostgreSQL's initdb failed: ${Buffer.concat(said).toString().trim().replaceAll('\n', ' ')}`,
          ),
        )
    })
  })
}
