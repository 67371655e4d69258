import { evidenceTexts } from '#lib/evidence/evidence-texts.ts'
import type { Language } from '#lib/guides/bilingual.ts'
import { modernClients } from '#lib/guides/catalogue.ts'
import { compatibilityTexts, tlsAgeNames } from '#lib/guides/compatibility-texts.ts'
import type { ConnectionSettings } from '#lib/guides/connection-settings.ts'
import { ClientCell, ClientHead, ClientRow, ClientTable } from './client-table.tsx'
import { Today } from './compatibility-table.tsx'
import { EvidenceLines, type EvidenceOf } from './evidence-lines.tsx'

type ModernTableProps = {
  readonly settings: ConnectionSettings
  readonly evidenceOf: EvidenceOf
  readonly language: Language
}

/** The programs that people use today, with what was found to work. */
export function ModernTable({ settings, evidenceOf, language }: ModernTableProps) {
  const t = compatibilityTexts[language]
  const words = evidenceTexts[language]
  return (
    <ClientTable
      id="modern"
      title={words.modernTitle}
      lead={words.modernLead}
      caption={words.modernCaption}
      columns={[t.anyClient, t.tls, t.today, words.column]}
    >
      {modernClients.map((client) => (
        <ClientRow key={client.id} id={client.id}>
          <ClientHead client={client} language={language}>
            {client.name[language]}
          </ClientHead>
          <ClientCell caption={t.tls} isShort>
            <span className="whitespace-nowrap">{tlsAgeNames[client.tls.value ?? 'unknown'][language]}</span>
          </ClientCell>
          <ClientCell caption={t.today}>
            <Today client={client} settings={settings} language={language} />
          </ClientCell>
          <ClientCell caption={words.column}>
            <EvidenceLines evidence={evidenceOf(client.id)} language={language} />
          </ClientCell>
        </ClientRow>
      ))}
    </ClientTable>
  )
}
