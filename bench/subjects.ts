/** Everything that is measured, in the order of the tables: the same of each server, one after the other. */
import { firstMessage, startFile } from './child-process.ts'
import { folderCommands, measureFolderCommand } from './folder-commands.ts'
import { measureIdleMemory } from './idle-memory.ts'
import { type Conversation, readingConversations, type Security, sendingConversations } from './load-job.ts'
import { type Door, type MailServer, type People, SCRIPT_RULES } from './mail-server.ts'
import { measureLoad } from './measure-load.ts'
import { measureNotices } from './notice-delay.ts'
import type { Measurement } from './result-table.ts'
import type { YesServer } from './start-yes-server.ts'

export type Timing = { readonly warmUpSeconds: number; readonly seconds: number }

export type Subject = {
  readonly section: string
  readonly what: string
  readonly who: string
  /** what does not change from round to round is measured once */
  readonly isOnce?: boolean
  measure(timing: Timing): Promise<Measurement>
}

export type Contestant<Doors extends Door = Door> = MailServer<Doors> & { readonly people: People }
export type ReadingContestant = Contestant<'pop3' | 'pop3s' | 'imap' | 'imaps'>

const SENDING = 'Sending'
const READING = 'Reading'

/** Doors in clear and with TLS. */
const sendingDoors: Readonly<Record<(typeof sendingConversations)[number], readonly [Door, Door, Security['kind']]>> = {
  'message per connection': ['submission', 'submissions', 'implicit'],
  'messages on one connection': ['submission', 'submissions', 'implicit'],
  'inbound message per connection': ['mx', 'mx', 'starttls'],
  'inbound messages on one connection': ['mx', 'mx', 'starttls'],
}
const readingDoors: Readonly<
  Record<(typeof readingConversations)[number], readonly ['pop3' | 'imap', 'pop3s' | 'imaps']>
> = {
  'POP3 session': ['pop3', 'pop3s'],
  'IMAP session': ['imap', 'imaps'],
}

const isInbound = (conversation: Conversation) => conversation.startsWith('inbound')
/** So that what they have sent can be counted quickly. */
const FEWEST_SENDERS = 16

export function sendingSubjects(contestants: readonly Contestant[], yes: YesServer): Subject[] {
  return sendingConversations.flatMap((conversation) =>
    [false, true].flatMap((isTls) =>
      connectionCounts(conversation, isTls).flatMap((connections) => [
        ...contestants.map((contestant) => sendingSubject(conversation, connections, isTls, contestant)),
        ...(connections === 32 && !isTls ? [yesSubject(conversation, connections, yes, contestants)] : []),
      ]),
    ),
  )
}

function connectionCounts(conversation: Conversation, isTls: boolean): readonly number[] {
  if (isInbound(conversation)) return [8]
  return isTls ? [8, 32] : [1, 8, 32]
}

function sendingSubject(
  conversation: (typeof sendingConversations)[number],
  connections: number,
  isTls: boolean,
  { name, ports, authorityFile, parts, people }: Contestant,
): Subject {
  const [clear, secure, kind] = sendingDoors[conversation]
  const security: Security = isTls && kind !== 'none' ? { kind, authorityFile } : { kind: 'none' }
  return {
    section: SENDING,
    what: `${conversation}, ${connections}${isTls ? ', TLS' : ''}`,
    who: name,
    measure: (timing) =>
      measureLoad({
        conversation,
        connections,
        port: ports[isTls ? secure : clear],
        security,
        people: people.senders.slice(0, Math.max(connections, FEWEST_SENDERS)),
        serverParts: parts,
        countingPort: ports.imap,
        ...timing,
      }),
  }
}

/** With a script of many rules for everybody who is written to. */
export function sortingSubjects(contestants: readonly Contestant[]): Subject[] {
  return contestants.map((contestant) => {
    const { sorters } = contestant.people
    const sorting = { ...contestant, people: { ...contestant.people, senders: sorters } }
    const subject = sendingSubject('inbound messages on one connection', 8, false, sorting)
    return { ...subject, what: `${subject.what}, ${SCRIPT_RULES} rules` }
  })
}

/** What this generator of load could do at most. */
function yesSubject(
  conversation: Conversation,
  connections: number,
  { port, parts }: YesServer,
  [first]: readonly Contestant[],
): Subject {
  return {
    section: SENDING,
    what: `${conversation}, ${connections}`,
    who: 'a server that says yes and keeps nothing',
    measure: (timing) =>
      measureLoad({
        conversation,
        connections,
        port,
        security: { kind: 'none' },
        people: first?.people.senders ?? [],
        serverParts: parts,
        countingPort: null,
        ...timing,
      }),
  }
}

export function readingSubjects(contestants: readonly ReadingContestant[]): Subject[] {
  return readingConversations.flatMap((conversation) =>
    [false, true].flatMap((isTls) =>
      contestants.map(({ name, ports, authorityFile, parts, people }): Subject => {
        const [clear, secure] = readingDoors[conversation]
        return {
          section: READING,
          what: `${conversation}, 8${isTls ? ', TLS' : ''}`,
          who: name,
          measure: (timing) =>
            measureLoad({
              conversation,
              connections: 8,
              port: ports[isTls ? secure : clear],
              security: isTls ? { kind: 'implicit', authorityFile } : { kind: 'none' },
              people: people.readers,
              serverParts: parts,
              countingPort: null,
              ...timing,
            }),
        }
      }),
    ),
  )
}

export function folderSubjects(contestants: readonly ReadingContestant[], messages: number): Subject[] {
  return folderCommands.flatMap((command) =>
    contestants.map((contestant) => ({
      section: `A folder of ${messages.toLocaleString('en')} messages`,
      what: command,
      who: contestant.name,
      measure: ({ seconds }) => measureFolderCommand(contestant, contestant.people.hoarder, command, seconds),
    })),
  )
}

export function noticeSubjects(contestants: readonly Contestant[], count: number): Subject[] {
  return contestants.map((contestant) => ({
    section: 'From the 250 to the IDLE notice',
    what: `${count} messages, one after the other`,
    who: contestant.name,
    isOnce: true,
    measure: () => measureNotices(contestant, contestant.people.senders[0] as People['hoarder'], count),
  }))
}

export type IdleContestant = { readonly contestant: ReadingContestant; readonly connections: number }

export function idleSubjects(contestants: readonly IdleContestant[]): Subject[] {
  return [false, true].flatMap((isTls) =>
    contestants.map(({ contestant, connections }) => ({
      section: 'Memory of an idle IMAP connection',
      what: isTls ? 'TLS' : 'in clear',
      who: `${contestant.name}, ${connections.toLocaleString('en')} connections`,
      isOnce: true,
      measure: () => measureIdleMemory({ server: contestant, people: contestant.people.readers, connections, isTls }),
    })),
  )
}

export function diskSubjects(directory: string): Subject[] {
  return [1, 8, 32].map((writers) => ({
    section: 'The disk',
    what: `flushes of 4 KiB by ${writers}`,
    who: 'disk',
    async measure({ seconds }) {
      const child = startFile({
        file: 'disk-flushes.ts',
        args: [directory, String(writers), String(seconds)],
        environment: { UV_THREADPOOL_SIZE: String(writers) },
      })
      return { perSecond: await firstMessage<number>(child) }
    },
  }))
}
