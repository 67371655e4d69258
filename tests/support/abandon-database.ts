/** A supervisor that starts its database, tells the server's process id, and is killed. */
import { startEmbeddedDatabase } from '#lib/service/embedded-database.ts'

const server = await startEmbeddedDatabase(process.argv[2] ?? '')
process.send?.(server.processId, () => process.kill(process.pid, 'SIGKILL'))
