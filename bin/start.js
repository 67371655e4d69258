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
// Ctrl-C reaches the service from the terminal by itself; we wait for it to finish.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => service.kill(signal))
service.on('exit', (code) => process.exit(code ?? 1))
