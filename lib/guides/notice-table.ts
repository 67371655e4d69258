/**
 * The table of the notice, row by row and in its order. Names are kept exactly as printed, oddities included:
 * "Shuriken 2.2" ends with a no-break space, and 鶴亀メ−ル is written with a minus sign.
 *
 * Of the 36 marks, 8 survived. The others were lost when the page was stored; what they probably were is
 * reconstructed, with our confidence and the reason, and is never shown as if it had been printed.
 */
import type { Bilingual } from './bilingual.ts'
import { reasons } from './reconstruction-reasons.ts'

export const marks = ['−', '○', '△'] as const
export type Mark = (typeof marks)[number]

export const certainties = ['high', 'medium', 'low', 'too-low'] as const
/** `too-low`: the page shows the mark as unknown, and our guess only with its reason. */
export type Certainty = (typeof certainties)[number]

export type Footnote = 1 | 2 | 3 | 4 | 5

export type NoticeRow = {
  readonly platform: 'Windows' | 'Macintosh'
  readonly name: string
  readonly clientId: string
  readonly mark:
    | { readonly kind: 'printed'; readonly mark: Mark; readonly footnotes: readonly Footnote[] }
    | { readonly kind: 'lost'; readonly guess: Mark; readonly certainty: Certainty; readonly reason: Bilingual }
}

type NewRow = (name: string, clientId: string, mark: NoticeRow['mark']) => NoticeRow
const windows: NewRow = (name, clientId, mark) => ({ platform: 'Windows', name, clientId, mark })
const macintosh: NewRow = (name, clientId, mark) => ({ platform: 'Macintosh', name, clientId, mark })

const printed = (mark: Mark, ...footnotes: Footnote[]) => ({ kind: 'printed', mark, footnotes }) as const
const lost = (guess: Mark, certainty: Certainty, reason: Bilingual) =>
  ({ kind: 'lost', guess, certainty, reason }) as const

export const noticeRows: readonly NoticeRow[] = [
  windows('AL-Mail32 1.12', 'al-mail32-1-12', printed('−', 4)),
  windows('AL-Mail32 1.13', 'al-mail32-1-13', lost('○', 'medium', reasons.promisedByUpgrade)),
  windows('Becky! Internet Mail 2', 'becky-2', lost('○', 'high', reasons.listedElsewhereAndCommon)),
  windows('Datula 1.52.01', 'datula-1-52-01', lost('○', 'medium', reasons.exactBuild)),
  windows('Eudora 4.1J', 'eudora-4-1j', lost('−', 'high', reasons.eudoraBefore43)),
  windows('Eudora 5.0J', 'eudora-5-0j', lost('−', 'too-low', reasons.eudora50Contradiction)),
  windows('Eudora 5.1J', 'eudora-5-1j', printed('○', 1, 2)),
  windows('EdMax 2.85', 'edmax-2-85', lost('○', 'medium', reasons.edmaxSwitch)),
  windows('Microsoft Outlook 98', 'outlook-98', printed('○', 5)),
  windows('Microsoft Outlook 2000', 'outlook-2000', lost('○', 'high', reasons.sameDialogAsOutlook98)),
  windows('Microsoft Outlook 2002(XP)', 'outlook-2002', lost('○', 'high', reasons.listedElsewhereAndCommon)),
  windows('Microsoft Outlook Express 4.0', 'outlook-express-4-0', lost('○', 'medium', reasons.authEqualsForm)),
  windows('Microsoft Outlook Express 5.0', 'outlook-express-5-0', lost('○', 'high', reasons.mostUsedClient)),
  windows('Microsoft Outlook Express 5.5', 'outlook-express-5-5', lost('○', 'high', reasons.mostUsedClient)),
  windows('Microsoft Outlook Express 6.0', 'outlook-express-6-0', lost('○', 'high', reasons.mostUsedClient)),
  windows('Netscape Communicator 4.51', 'netscape-communicator-4-51', printed('○', 5)),
  windows('Netscape Communicator 4.75', 'netscape-communicator-4-75', lost('○', 'high', reasons.olderOneWorks)),
  windows('Netscape 6 Mail', 'netscape-6-windows', lost('○', 'medium', reasons.netscape6)),
  windows('Netscape 7 Mail & Newsgroups', 'netscape-7-windows', lost('○', 'high', reasons.netscape7)),
  windows('Shuriken 2.2\u00a0', 'shuriken-2-2', lost('△', 'low', reasons.shurikenNoSource)),
  windows('PostPet 2.0', 'postpet-2-0-windows', lost('−', 'medium', reasons.postpetNoField)),
  windows('PostPet V3', 'postpet-v3-windows', lost('△', 'low', reasons.postpetV3New)),
  windows('Winbiff 2.4.1', 'winbiff-2-4-1', lost('○', 'medium', reasons.winbiffListed)),
  windows('鶴亀メ\u2212ル 2.05', 'turukame-2-05', lost('○', 'medium', reasons.turukameDocumented)),
  windows('電信八号 32.1.3.1', 'denshin8-32-1-3-1', printed('○', 1)),
  macintosh('ARENA Internet Mailer Ver2.2', 'arena-2-2', lost('○', 'low', reasons.arenaGuide)),
  macintosh('Mail 10.1 (Mac OS Xに付属)', 'apple-mail-10-1', lost('○', 'medium', reasons.bundledMail)),
  macintosh('Eudora 4.3', 'eudora-4-3-mac', printed('△', 1)),
  macintosh('Eudora 5.0J', 'eudora-5-0j-mac', printed('△', 1)),
  macintosh('Microsoft Entourage X for Mac', 'entourage-x', lost('○', 'medium', reasons.sameAsOutlookExpress504)),
  macintosh('Microsoft Outlook Express 5.02', 'outlook-express-5-02-mac', printed('−', 4)),
  macintosh('Microsoft Outlook Express 5.04/5.05', 'outlook-express-5-04-mac', lost('○', 'high', reasons.isTheUpgrade)),
  macintosh('Netscape 6 Mail', 'netscape-6-mac', lost('○', 'medium', reasons.sameCodeAsWindows)),
  macintosh('Sweet Mail 2.2', 'sweet-mail-2-2', lost('△', 'too-low', reasons.sweetMailNoSource)),
  macintosh('PostPet 2.0', 'postpet-2-0-mac', lost('−', 'medium', reasons.postpetNoField)),
  macintosh('PostPet V3', 'postpet-v3-mac', lost('△', 'low', reasons.postpetV3New)),
]

/** The mark and its footnotes as the notice prints them, such as "○※1※2"; empty when they were lost. */
export function printedMark(row: NoticeRow): string {
  if (row.mark.kind === 'lost') return ''
  return row.mark.mark + row.mark.footnotes.map((footnote) => `※${footnote}`).join('')
}
