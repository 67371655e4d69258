/**
 * Reads the XML with which Outlook and others ask for their settings (MS-OXDSCLI §2.2.3.1).
 *
 * It is elements and text only, so that is all that is read: no document type, hence no entities of one's own and
 * nothing external; no comments, CDATA or processing instructions. Refuses: more than 8 KiB, more than 8 levels,
 * anything not well-formed.
 */

export type AutodiscoverRequest =
  | { readonly verdict: 'understood'; readonly address: string; readonly wantsMailSettings: boolean }
  | { readonly verdict: 'invalid'; readonly problem: string }

export const maxRequestBytes = 8_192
const MAX_DEPTH = 8

const REQUEST_SCHEMA = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
export const outlookResponseSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'

const DECLARATION = /^\s*<\?xml(?: [^<>?]*)?\?>/
const NAME = '[A-Za-z_][A-Za-z0-9_.-]*'
const TOKEN = new RegExp(
  `<(?<open>(?:${NAME}:)?${NAME})(?<attributes>(?:\\s+[A-Za-z_][A-Za-z0-9_:.-]*\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(?<empty>/?)>|</(?<close>(?:${NAME}:)?${NAME})\\s*>|(?<text>[^<]+)`,
  'y',
)

export function readAutodiscoverRequest(bytes: Uint8Array): AutodiscoverRequest {
  if (bytes.length > maxRequestBytes) return invalid('the request is too long')
  const text = decode(bytes)
  const texts = text === null ? null : textsByPath(text.replace(/^\ufeff/, '').replace(DECLARATION, ''))
  if (texts === null) return invalid('the request is not well-formed')
  if (!(texts.get('@xmlns') ?? '').split(' ').includes(REQUEST_SCHEMA)) return invalid('the schema is not known')
  const address = texts.get('Autodiscover/Request/EMailAddress')
  if (address === undefined) return invalid('EMailAddress is missing')
  const schema = texts.get('Autodiscover/Request/AcceptableResponseSchema') ?? outlookResponseSchema
  return { verdict: 'understood', address, wantsMailSettings: schema === outlookResponseSchema }
}

function invalid(problem: string): AutodiscoverRequest {
  return { verdict: 'invalid', problem }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Text by the path of its element, and the root's name spaces as "@xmlns". Null unless exactly one element is there. */
function textsByPath(xml: string): Map<string, string> | null {
  const texts = new Map<string, string>()
  const open: string[] = []
  let isRootClosed = false
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < xml.length) {
    const token = TOKEN.exec(xml)?.groups
    if (token === undefined) return null
    const { open: opened, attributes = '', empty, close, text } = token
    if (text !== undefined) {
      const plain = withoutEntities(text)
      if (plain === null) return null
      if (open.length > 0) addText(texts, open, plain)
      else if (plain.trim() !== '') return null
    } else if (opened !== undefined) {
      if (isRootClosed || open.length >= MAX_DEPTH) return null
      if (open.length === 0) texts.set('@xmlns', nameSpaces(attributes))
      if (empty === '') open.push(opened)
      else isRootClosed = open.length === 0
    } else {
      if (open.pop() !== close) return null
      isRootClosed = open.length === 0
    }
  }
  return isRootClosed ? texts : null
}

function addText(texts: Map<string, string>, open: readonly string[], text: string): void {
  const path = open.map((name) => name.replace(/^.*:/, '')).join('/')
  texts.set(path, `${texts.get(path) ?? ''}${text}`.trim())
}

function nameSpaces(attributes: string): string {
  return [...attributes.matchAll(/xmlns(?::[A-Za-z0-9_.-]+)?\s*=\s*["']([^"']*)["']/g)].map(([, uri]) => uri).join(' ')
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function withoutEntities(text: string): string | null {
  let isKnown = true
  const plain = text.replaceAll(/&([^;&]{0,8};?)/g, (_, name: string) => {
    const character = predefined[name.replace(/;$/, '')]
    if (character === undefined || !name.endsWith(';')) isKnown = false
    return character ?? ''
  })
  return isKnown ? plain : null
}
