/**
 * rspamd, by its HTTP protocol: the message is the body of POST /checkv2, what the envelope knows stands in fields.
 *
 * Guarantees: a finding or an exception within DEADLINE_MS; an answer longer than MAX_ANSWER_BYTES is none. Nothing that
 * a client wrote can begin a field of its own.
 */
import { type IncomingMessage, request } from 'node:http'
import { z } from 'zod'
import type { SpamFinding } from '#lib/policy/scan-rules.ts'

export type SpamFacts = {
  readonly address: string
  readonly helloName: string
  readonly sender: string
  readonly recipients: readonly string[]
  /** the mailbox that submits it; null for mail from outside */
  readonly user: string | null
}

const DEADLINE_MS = 20_000
const MAX_ANSWER_BYTES = 1_048_576
const MAX_FIELD = 300

const answerSchema = z.object({ action: z.string(), score: z.number(), required_score: z.number() })

const advice = {
  'no action': 'accept',
  'add header': 'mark',
  'rewrite subject': 'mark',
  quarantine: 'mark',
  greylist: 'later',
  'soft reject': 'later',
  reject: 'refuse',
} as const

/** @throws when rspamd is away, busy for too long, or answers what is not in its protocol */
export async function scoreSpam(origin: string, content: Buffer, facts: SpamFacts): Promise<SpamFinding> {
  const answer = answerSchema.parse(JSON.parse(await post(origin, content, fieldsOf(facts))))
  if (!Object.hasOwn(advice, answer.action)) throw new Error('rspamd names an action that is not known')
  const { action, score, required_score: required } = answer
  return { kind: 'scored', advice: advice[action as keyof typeof advice], score, required }
}

function fieldsOf({ address, helloName, sender, recipients, user }: SpamFacts): Record<string, string | string[]> {
  return {
    IP: address,
    Helo: fieldText(helloName),
    From: fieldText(sender),
    Rcpt: recipients.map(fieldText),
    ...(user === null ? {} : { User: fieldText(user) }),
  }
}

function fieldText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_FIELD)
}

function post(origin: string, content: Buffer, fields: Record<string, string | string[]>): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL('/checkv2', origin),
      {
        method: 'POST',
        headers: { ...fields, 'Content-Length': content.length },
        signal: AbortSignal.timeout(DEADLINE_MS),
        agent: false,
      },
      (response) => readBody(response).then(resolve, reject),
    )
    sent.on('error', reject)
    sent.end(content)
  })
}

async function readBody(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of response) {
    bytes += piece.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error('rspamd says too much')
    pieces.push(piece)
  }
  if (response.statusCode !== 200) throw new Error(`rspamd answers ${response.statusCode}`)
  return Buffer.concat(pieces).toString()
}
