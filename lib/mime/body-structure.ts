/**
 * BODYSTRUCTURE and BODY of FETCH in wire form (RFC 3501 §7.4.2, RFC 9051 §7.5.2), from the structure alone.
 *
 * A multipart in which no part was found gets an empty text part, because the grammar demands one.
 */
import { findParameter, type Parameter, type Parameterised } from './content-fields.ts'
import { wireText } from './imap-envelope.ts'
import type { MimePart } from './structure.ts'

const nullable = (text: string | null) => (text === null ? 'NIL' : wireText(text))

function parameterList(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return 'NIL'
  return `(${parameters.map(([name, value]) => `${wireText(name)} ${wireText(value)}`).join(' ')})`
}

function disposition(field: Parameterised | null): string {
  return field === null ? 'NIL' : `(${wireText(field.value)} ${parameterList(field.parameters)})`
}

function languageList(languages: readonly string[]): string {
  if (languages.length === 0) return 'NIL'
  return languages.length === 1 ? wireText(languages[0] as string) : `(${languages.map(wireText).join(' ')})`
}

const emptyText = '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0)'

function multipart(part: MimePart, isExtended: boolean): string {
  const children = part.children.map((child) => bodyStructure(child, isExtended)).join('')
  const basic = `${children || emptyText} ${wireText(part.subtype)}`
  if (!isExtended) return `(${basic})`
  const extension = [disposition(part.disposition), languageList(part.languages), nullable(part.location)]
  return `(${basic} ${parameterList(part.parameters)} ${extension.join(' ')})`
}

/** Text without a charset is US-ASCII (RFC 2045 §5.2); clients expect to see it said. */
function parametersOf(part: MimePart): readonly Parameter[] {
  const isText = part.type.toLowerCase() === 'text'
  if (!isText || findParameter(part.parameters, 'charset') !== null) return part.parameters
  return [...part.parameters, ['charset', 'us-ascii']]
}

/** The grammar wants an envelope and a body of every message part, also of one that could not be looked into. */
const isMessage = (part: MimePart) =>
  part.message !== null || /^message\/(rfc822|global)$/i.test(`${part.type}/${part.subtype}`)
const emptyEnvelope = `(${Array(10).fill('NIL').join(' ')})`

function singlePart(part: MimePart, isExtended: boolean): string {
  const fields = [
    wireText(part.type),
    wireText(part.subtype),
    parameterList(parametersOf(part)),
    nullable(part.id),
    nullable(part.description),
    wireText(part.encoding),
    String(part.end - part.bodyStart),
  ]
  if (isMessage(part)) {
    const inner = part.message
    fields.push(
      inner?.envelope ?? emptyEnvelope,
      inner ? bodyStructure(inner.root, isExtended) : emptyText,
      String(part.lines),
    )
  } else if (part.type.toLowerCase() === 'text') fields.push(String(part.lines))
  if (isExtended) {
    fields.push(
      nullable(part.md5),
      disposition(part.disposition),
      languageList(part.languages),
      nullable(part.location),
    )
  }
  return `(${fields.join(' ')})`
}

/** @param isExtended true for BODYSTRUCTURE, false for BODY */
export function bodyStructure(part: MimePart, isExtended: boolean): string {
  return part.type.toLowerCase() === 'multipart' ? multipart(part, isExtended) : singlePart(part, isExtended)
}
