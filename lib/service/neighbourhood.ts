/** Engine workers of one machine hear what the others say, and which of them has ended (lib/engine/runtime/neighbours.ts). */
import type { ChildProcess } from 'node:child_process'
import type { NeighbourNews } from '#lib/engine/runtime/neighbours.ts'

export type Neighbourhood = { welcome(worker: ChildProcess): void }

export function createNeighbourhood(): Neighbourhood {
  const members = new Set<ChildProcess>()

  function tellOthers(speaker: ChildProcess, message: object): void {
    for (const member of members) if (member !== speaker && member.connected) member.send(message, () => {})
  }

  return {
    welcome(worker) {
      members.add(worker)
      worker.on('message', (message) => {
        if (typeof message === 'object' && message !== null) tellOthers(worker, message)
      })
      worker.once('exit', () => {
        members.delete(worker)
        const news: NeighbourNews = { type: 'neighbourEnded', worker: worker.pid ?? 0 }
        tellOthers(worker, news)
      })
    },
  }
}
