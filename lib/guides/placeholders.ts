/** Configured values inside sentences: "{smtpa}" becomes the host name. */
import { type ConnectionSettings, windowMinutes } from './connection-settings.ts'

export type SentencePart = { readonly kind: 'words' | 'host'; readonly text: string }

/** Splits a sentence, so that the page can keep host names in one piece. Unknown names in braces stay as they are. */
export function sentenceParts(sentence: string, settings: ConnectionSettings): readonly SentencePart[] {
  return sentence.split(/(\{\w+\})/).flatMap((piece): SentencePart[] => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1]
    if (name === undefined) return piece === '' ? [] : [{ kind: 'words', text: piece }]
    return [partNamed(name, settings) ?? { kind: 'words', text: piece }]
  })
}

function partNamed(name: string, settings: ConnectionSettings): SentencePart | null {
  if (name === 'old' || name === 'pop' || name === 'smtp' || name === 'smtpa') {
    return { kind: 'host', text: settings.hosts[name] }
  }
  if (name === 'domain') return { kind: 'host', text: settings.domain }
  if (name === 'submissionPort') return { kind: 'words', text: String(settings.submission.port) }
  if (name === 'submissionStartTlsPort') return { kind: 'words', text: String(settings.submissionStartTls.port) }
  if (name === 'minutes') return { kind: 'words', text: String(windowMinutes(settings)) }
  if (name === 'megabytes')
    return { kind: 'words', text: String(Math.floor(settings.limits.maxMessageBytes / 1_048_576)) }
  if (name === 'perMessage') return { kind: 'words', text: String(settings.limits.maxRecipientsPerMessage) }
  if (name === 'perHour') return { kind: 'words', text: String(settings.limits.maxRecipientsPerHour) }
  if (name === 'perDay') return { kind: 'words', text: String(settings.limits.maxRecipientsPerDay) }
  return null
}
