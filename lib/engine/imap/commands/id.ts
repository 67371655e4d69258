/** RFC 2971. What the client says about itself is part of the session's record: it tells the owner which program it was. */
import { printable } from '../../events/redact.ts'
import type { AnyCommand } from '../command.ts'
import { ok } from '../reply.ts'
import { BadSyntax } from '../wire/syntax.ts'

/** 30 fields, §3.3 */
const MAX_VALUES = 60

/** @param values field, value, field, value … (RFC 2971 §3.3) */
function nameIn(values: readonly (string | null)[]): string {
  const textOf = (field: string) =>
    values.find((_, place) => place % 2 === 1 && values[place - 1]?.toLowerCase() === field) ?? ''
  return printable(`${textOf('name')} ${textOf('version')}`.trim())
}

export const id: AnyCommand = {
  state: 'any',
  run(session, args) {
    args.space()
    const values = args.peek() === '(' ? args.list(() => args.nstring()) : [args.nstring()]
    args.end()
    if (values.length > MAX_VALUES) throw new BadSyntax('Too many fields')
    const clientName = nameIn(values)
    if (clientName !== '') session.nameClient(clientName)
    session.untagged('ID ("name" "mail-engine")')
    return ok('Pleased to meet you')
  },
}
