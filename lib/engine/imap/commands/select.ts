/** SELECT and EXAMINE (RFC 9051 §6.3.2), with the CONDSTORE parameter of RFC 7162. */
import type { SignedInCommand } from '../command.ts'
import { ok } from '../reply.ts'
import { SelectedFolder } from '../selected-folder.ts'
import { BadSyntax } from '../wire/syntax.ts'

function opening(isReadOnly: boolean): SignedInCommand {
  return {
    state: 'signedIn',
    reports: 'nothing',
    async run(session, args) {
      args.space()
      const name = args.folderName()
      if (!args.isAtEnd) {
        args.space()
        const parameters = args.list(() => args.atom().toUpperCase())
        if (parameters.some((each) => each !== 'CONDSTORE')) throw new BadSyntax('There is no such parameter')
        session.hasCondstore = true
      }
      args.end()
      // A SELECT that fails leaves nothing selected (RFC 9051 §6.3.2).
      session.select(null)
      const [folder, opened] = await SelectedFolder.open(session.store, name, isReadOnly)
      session.select(folder)
      const { untagged } = session
      folder.announceFlags(untagged)
      untagged(`${folder.messages.count} EXISTS`)
      untagged(`${folder.recentCount} RECENT`)
      const unseen = opened.firstUnseenUid === null ? null : folder.messages.sequenceOf(opened.firstUnseenUid)
      if (unseen !== null) untagged(`OK [UNSEEN ${unseen}] First unread message`)
      untagged(`OK [PERMANENTFLAGS ${folder.permanentFlags}] Flags that are kept`)
      untagged(`OK [UIDVALIDITY ${opened.uidValidity}] UIDs are valid`)
      untagged(`OK [UIDNEXT ${opened.uidNext}] Next UID`)
      untagged(`OK [HIGHESTMODSEQ ${opened.highestModseq}] Latest change`)
      return isReadOnly ? ok('Opened for reading', 'READ-ONLY') : ok('Opened', 'READ-WRITE')
    },
  }
}

export const select = opening(false)
export const examine = opening(true)
