/** Why something waits: what the other side said last, without the names of correspondents. */
import { concealIn } from '#lib/mail/conceal.ts'

export type ReplyView = {
  readonly at: string
  readonly host: string | null
  /** "450 4.2.0 try again later", as the next hop gave it */
  readonly text: string
}

/** All null but the address when nothing was tried yet. */
export type LastReplyRow = {
  address: string
  at: Date | null
  remoteHost: string | null
  replyCode: number | null
  replyText: string | null
}

export function lastReply({ address, at, remoteHost, replyCode, replyText }: LastReplyRow): ReplyView | null {
  if (at === null) return null
  return { at: at.toISOString(), host: remoteHost, text: concealIn(replyLine(replyCode, replyText), address) }
}

export function replyLine(replyCode: number | null, replyText: string | null): string {
  return [replyCode, replyText].filter((part) => part !== null && part !== '').join(' ')
}
