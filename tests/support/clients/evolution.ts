/** Debian's Evolution without a window: its own code looks for the settings of an address, as its assistant does. */
import { join } from 'node:path'
import { runClient } from './run-client.ts'

const libraryDirectory = '/usr/lib/evolution'
export const evolutionLibrary = join(libraryDirectory, 'libevolution-mail.so.0')

const script = join(import.meta.dirname, 'evolution-lookup.py')

type Surroundings = { readonly home: string; readonly proxyPort: number; readonly authorityFile: string }

/** @returns what Evolution says that it found, in its own words */
export async function lookUpWithEvolution(address: string, surroundings: Surroundings): Promise<string> {
  const { home, proxyPort, authorityFile } = surroundings
  const proxy = `http://127.0.0.1:${proxyPort}`
  const environment = { http_proxy: proxy, https_proxy: proxy, LD_LIBRARY_PATH: libraryDirectory }
  const args = ['--', '/usr/bin/python3', script, evolutionLibrary, authorityFile, address]
  const { code, output } = await runClient('dbus-run-session', args, { home, environment })
  if (code !== 0) throw new Error(`Evolution found nothing: ${output}`)
  return output
}
