/**
 * `npm start` on any Node from 20.9 and with nothing installed yet: installs what is missing, then hands over to the
 * supervisor, which runs on the Node that came with the packages.
 */
import { fork } from 'node:child_process'
import { installMissingPackages, packagedNode, projectDirectory } from './install.js'

installMissingPackages()
const service = fork('lib/service/main.ts', {
  cwd: projectDirectory,
  execPath: packagedNode(),
  execArgv: ['--disable-warning=ExperimentalWarning'],
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
// A terminal sends Ctrl-C to both of us, `kill` only to one; the service takes two in a row for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => service.kill(signal))
service.on('exit', (code) => process.exit(code ?? 1))
