import { evidenceTexts } from '#lib/evidence/evidence-texts.ts'
import { verifiedPrograms } from '#lib/evidence/verified-runs.ts'
import type { Language } from '#lib/guides/bilingual.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { ClientCell, ClientHead, ClientRow, ClientTable } from './client-table.tsx'
import { VerifiedWays } from './evidence-lines.tsx'

/** The real programs that the automatic tests drive, from the record of their runs. */
export function VerifiedTable({ language }: { language: Language }) {
  const t = evidenceTexts[language]
  return (
    <ClientTable
      id="verified"
      title={t.programsTitle}
      lead={t.programsLead}
      caption={t.programsTitle}
      columns={[t.program, t.version, t.date, t.ways]}
    >
      {verifiedPrograms.map((verified) => (
        <ClientRow key={verified.program}>
          <ClientHead client={verified.clientId === null ? null : findClient(verified.clientId)} language={language}>
            {verified.name}
          </ClientHead>
          <ClientCell caption={t.version}>
            <span className="whitespace-nowrap">{verified.version}</span>
          </ClientCell>
          <ClientCell caption={t.date}>
            <time dateTime={verified.date} className="whitespace-nowrap">
              {verified.date}
            </time>
          </ClientCell>
          <ClientCell caption={t.ways}>
            <VerifiedWays verified={verified} language={language} />
          </ClientCell>
        </ClientRow>
      ))}
    </ClientTable>
  )
}
