/**
 * Random commands of two sessions on one folder against a model in memory: what a session was told must add up, at every
 * moment, to what the folder held when it was told. IMAP_MODEL_STEPS raises the number of commands.
 */
import assert from 'node:assert/strict'
import { after, describe } from 'node:test'
import fc from 'fast-check'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { matrix } from '#tests/support/matrix.ts'

const STEPS = Number(process.env.IMAP_MODEL_STEPS ?? 2_000)
const LANES = 4
const RUNS_AT_ONCE = 10
const flagNames = ['\\Seen', '\\Flagged', '\\Deleted', '$Work']

type Message = { readonly uid: number; readonly flags: Set<string> }

/** The folder as it is. */
class Model {
  messages: Message[] = []
  nextUid = 1

  add(flags: readonly string[]): void {
    this.messages.push({ uid: this.nextUid++, flags: new Set(flags) })
  }
}

/** What one client believes, from nothing but what it was told. */
class View {
  readonly client: ImapClient
  readonly #hasQresync: boolean
  readonly messages: { uid: number | null; flags: string | null }[] = []

  constructor(client: ImapClient, hasQresync: boolean) {
    this.client = client
    this.#hasQresync = hasQresync
  }

  async say(command: string, ...literals: readonly (readonly [string, string])[]): Promise<string> {
    const answer = await this.client.ask(command, ...literals)
    const isCounting = /^(FETCH|STORE|SEARCH)/.test(command)
    for (const line of answer.split('\r\n')) this.#hear(line, isCounting)
    return answer
  }

  #hear(line: string, isCounting: boolean): void {
    const vanished = /^\* VANISHED (.*)$/.exec(line)?.[1]
    if (vanished !== undefined) {
      assert.ok(this.#hasQresync && !isCounting, 'VANISHED where it has no place')
      for (const uid of uidsIn(vanished)) this.#forget(uid)
    }
    const [, number, what, rest = ''] = /^\* (\d+) (EXISTS|EXPUNGE|FETCH) ?(.*)$/.exec(line) ?? []
    const count = Number(number)
    if (what === 'EXPUNGE') {
      assert.ok(!this.#hasQresync, 'EXPUNGE after ENABLE QRESYNC')
      assert.ok(!isCounting, 'EXPUNGE in the answer to a command that counts')
      assert.ok(count >= 1 && count <= this.messages.length, 'EXPUNGE of a message that is not there')
      this.messages.splice(count - 1, 1)
    } else if (what === 'EXISTS') {
      assert.ok(count >= this.messages.length, 'EXISTS took messages away')
      while (this.messages.length < count) this.messages.push({ uid: null, flags: null })
    } else if (what === 'FETCH') {
      const message = this.messages[count - 1]
      assert.ok(message, 'FETCH of a message that is not there')
      const uid = /UID (\d+)/.exec(rest)?.[1]
      if (uid !== undefined) {
        assert.ok(message.uid === null || message.uid === Number(uid), 'a sequence number changed its message')
        message.uid = Number(uid)
      }
      const flags = /FLAGS \(([^)]*)\)/.exec(rest)?.[1]
      if (flags !== undefined) message.flags = sorted(flags.split(' '))
    }
  }

  /** A message that it knows, or one of those that it has only counted: UIDs ascend, so its place is known too. */
  #forget(uid: number): void {
    const known = this.messages.findIndex((message) => message.uid === uid)
    const next = this.messages.findIndex((message) => message.uid !== null && message.uid > uid)
    const place = known >= 0 ? known : (next < 0 ? this.messages.length : next) - 1
    assert.ok(known >= 0 || this.messages[place]?.uid === null, 'VANISHED of a message that is not there')
    this.messages.splice(place, 1)
  }

  /** After NOOP the view is the folder; what has not been heard of yet is asked. */
  async check(model: Model): Promise<void> {
    await this.say('NOOP')
    assert.equal(this.messages.length, model.messages.length)
    for (const [index, message] of this.messages.entries()) {
      const wanted = sorted([...(model.messages[index] as Message).flags])
      if (message.flags !== null) assert.equal(message.flags, wanted, `flags of ${index + 1}, as told`)
    }
    if (this.messages.length > 0) await this.say('FETCH 1:* (UID FLAGS)')
    assert.deepEqual(
      this.messages,
      model.messages.map(({ uid, flags }) => ({ uid, flags: sorted([...flags]) })),
    )
  }
}

function uidsIn(set: string): number[] {
  return set.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

const sorted = (flags: readonly string[]) =>
  flags
    .filter((flag) => flag !== '' && flag !== '\\Recent')
    .toSorted()
    .join(' ')

const who = fc.nat(1)
const flags = fc.subarray(flagNames)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('append' as const), who, flags }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('store' as const),
      who,
      at: fc.nat(),
      sign: fc.constantFrom('', '+', '-'),
      isSilent: fc.boolean(),
      flags,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expunge' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('uidExpunge' as const), who, at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy' as const), who, at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), who, at: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const), who }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** @returns the UID of a message that this client knows, or null when it knows none */
function pick(view: View, model: Model, at: number): Message | null {
  const known = view.messages.filter(({ uid }) => uid !== null)
  const uid = known.length === 0 ? null : known[at % known.length]?.uid
  return model.messages.find((message) => message.uid === uid) ?? null
}

function remove(model: Model, isDoomed: (message: Message) => boolean): void {
  model.messages = model.messages.filter((message) => !isDoomed(message))
}

function applyFlags(message: Message, sign: string, names: readonly string[]): void {
  if (sign === '') message.flags.clear()
  for (const name of names) {
    if (sign === '-') message.flags.delete(name)
    else message.flags.add(name)
  }
}

async function perform(model: Model, view: View, action: Step, folder: string): Promise<void> {
  if (action.kind === 'look') return view.check(model)
  if (action.kind === 'append') {
    // RFC 3501 §6.3.11: the session hears of its own message at once.
    await view.say(`APPEND ${folder} (${action.flags.join(' ')}) `, ['a: b\r\n\r\nc\r\n', ''])
    model.add(action.flags)
    return
  }
  if (action.kind === 'expunge') {
    // A session expunges what it has been told of; messages that it saw only as EXISTS it knows by number.
    if (view.messages.some(({ uid }) => uid === null)) {
      await view.say('NOOP') // or the answer that names them would tell of more
      if (view.messages.length > 0) await view.say('FETCH 1:* (UID FLAGS)')
    }
    const seen = new Set(view.messages.map(({ uid }) => uid))
    await view.say('EXPUNGE')
    return remove(model, ({ uid, flags }) => flags.has('\\Deleted') && seen.has(uid))
  }
  const message = pick(view, model, action.at)
  if (message === null) return
  if (action.kind === 'uidExpunge') {
    await view.say(`UID EXPUNGE ${message.uid}`)
    remove(model, (each) => each === message && each.flags.has('\\Deleted'))
  } else if (action.kind === 'copy') {
    await view.say(`UID COPY ${message.uid} ${folder}`)
    model.add([...message.flags])
  } else if (action.kind === 'move') {
    await view.say(`UID MOVE ${message.uid} Trash`)
    remove(model, (each) => each === message)
  } else {
    applyFlags(message, action.sign, action.flags)
    await view.say(
      `UID STORE ${message.uid} ${action.sign}FLAGS${action.isSilent ? '.SILENT' : ''} (${action.flags.join(' ')})`,
    )
    const told = view.messages.find(({ uid }) => uid === message.uid)
    // The client that asks for silence works the result out for itself.
    if (action.isSilent && told && told.flags !== null) told.flags = sorted([...message.flags])
  }
}

const engine = await startEngine({ workers: 2 })
after(() => engine.stop())

describe('two IMAP sessions and a model', () => {
  let steps = 0
  let folders = 0

  async function compare(
    actions: readonly Step[],
    qresync: readonly boolean[],
    { credential }: TestMailbox,
  ): Promise<void> {
    const folder = `f${folders++}`
    const views = await Promise.all(
      qresync.map(async (hasQresync) => {
        const client = await ImapClient.login(engine, credential)
        if (hasQresync) await client.ok('ENABLE QRESYNC')
        return new View(client, hasQresync)
      }),
    )
    await views[0]?.client.ok(`CREATE ${folder}`)
    for (const view of views) await view.client.ok(`SELECT ${folder}`)
    const model = new Model()
    try {
      for (const action of actions) await perform(model, views[action.who] as View, action, folder)
      for (const view of views) await view.check(model)
      steps += actions.length
      await views[0]?.client.ok('UNSELECT')
      await views[1]?.client.ok('UNSELECT')
      await views[0]?.client.ok(`DELETE ${folder}`)
    } finally {
      for (const view of views) view.client.close()
    }
  }

  const figures = matrix(
    'imap-model',
    'Random commands of two IMAP sessions after which a session believed what was not so: none',
  )

  figures.check(
    'the sessions agree with the model, whatever they do',
    async () => {
      const lane = async (login: string) => {
        const mailbox = await engine.addMailbox(login)
        const property = fc.asyncProperty(
          fc.array(step, { minLength: 10, maxLength: 60 }),
          fc.tuple(fc.boolean(), fc.boolean()),
          (actions, qresync) => compare(actions, qresync, mailbox),
        )
        while (steps < STEPS) await fc.assert(property, { numRuns: RUNS_AT_ONCE })
      }
      await Promise.all(Array.from({ length: LANES }, (_, number) => lane(`lane${number}`)))
    },
    STEPS,
  )
})
