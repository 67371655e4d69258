/** The ports of this start: each one tried before anything runs, so that a taken one is one clear line. */
import { type AddressInfo, createServer, type Server } from 'node:net'
import { type PortsEnv, portVariables } from '#lib/env/ports.ts'
import { StartupError } from './startup-error.ts'

export type PortName = keyof typeof portVariables
export type Ports = Readonly<Partial<Record<PortName, number>>>

/**
 * @returns the ports to listen on; where 0 was configured, one that is free now
 * @throws StartupError naming the first port that cannot be had
 */
export async function chooseListeningPorts(names: readonly PortName[], configured: PortsEnv): Promise<Ports> {
  const probes: Server[] = []
  const chosen: Partial<Record<PortName, number>> = {}
  try {
    for (const name of names) {
      const probe = await listen(name, configured)
      probes.push(probe)
      chosen[name] = (probe.address() as AddressInfo).port
    }
  } finally {
    await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))))
  }
  return chosen
}

function listen(name: PortName, configured: PortsEnv): Promise<Server> {
  const { bindAddress, [name]: port } = configured
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartupError(problem(name, bindAddress, port, error))),
    )
    // Engine workers share their ports (SO_REUSEPORT); the probe does not, so it fails where anyone listens already.
    probe.listen({ port, host: bindAddress, exclusive: true }, () => resolve(probe))
  })
}

function problem(name: PortName, address: string, port: number, error: NodeJS.ErrnoException): string {
  const variable = portVariables[name]
  const where = `Port ${port} on ${address} (${name})`
  if (error.code === 'EADDRINUSE')
    return `${where} is taken by another program. Stop that one, or set ${variable} to another port.`
  if (error.code === 'EACCES')
    return `${where} needs a privilege that this account does not have. Set ${variable} to a port above 1023.`
  if (error.code === 'EADDRNOTAVAIL') return `${address} is not an address of this machine. Correct BIND_ADDRESS.`
  return `${where} cannot be used: ${error.message}`
}

/** For the children's environment. */
export function portEnvironment(ports: Ports): Record<string, string> {
  const entries = Object.entries(ports) as [PortName, number][]
  return Object.fromEntries(entries.map(([name, port]) => [portVariables[name], String(port)]))
}
