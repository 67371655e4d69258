/**
 * SEARCH and UID SEARCH (RFC 9051 §6.4.4), answered in the old form, or as ESEARCH when RETURN is given (RFC 4731) or
 * IMAP4rev2 is on. SAVE keeps the result for `$` (RFC 5182).
 */
import { mentions } from '../../store/search-key.ts'
import type { SelectedCommand } from '../command.ts'
import { ok, type Reply } from '../reply.ts'
import * as query from '../search-query.ts'
import type { SelectedSession } from '../session.ts'
import { UnknownCharset } from '../wire/search-program.ts'
import type { ArgumentReader } from '../wire/syntax.ts'

const everything: query.ReturnOptions = new Set(['ALL'])

async function run(session: SelectedSession, args: ArgumentReader, isUid: boolean): Promise<Reply> {
  args.space()
  const asked = query.readReturn(args)
  const options = asked ?? (session.enabled.rev2 ? everything : null)
  try {
    const criteria = query.readCriteria(session, args, null)
    const withModseq = mentions(criteria, ['modseq'])
    if (withModseq) session.beginCondstore()
    const found = await query.find(session, criteria)
    if (options?.has('SAVE')) query.save(session, options, found)
    const numbers = query.numbersOf(session, found, isUid)
    const modseq = withModseq && found.length > 0 ? query.modseqOf(found, options) : null
    if (options !== null) query.tellExtended(session, { numbers, options, isUid, modseq })
    else {
      const list = numbers.map((number) => ` ${number}`).join('')
      session.untagged(`SEARCH${list}${modseq === null ? '' : ` (MODSEQ ${modseq})`}`)
    }
    return ok('Done')
  } catch (error) {
    if (!(error instanceof UnknownCharset)) throw error
    // RFC 5182 §2.1: a SEARCH that fails leaves nothing saved.
    if (options?.has('SAVE')) session.folder.save([])
    return query.charsetRefusal
  }
}

export const search: SelectedCommand = { state: 'selected', reports: 'hint', run: (s, args) => run(s, args, false) }
export const uidSearch: SelectedCommand = {
  state: 'selected',
  reports: 'changes',
  run: (s, args) => run(s, args, true),
}
