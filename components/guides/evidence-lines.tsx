import { evidenceTexts, waysOf } from '#lib/evidence/evidence-texts.ts'
import type { ClientEvidence } from '#lib/evidence/load-evidence.ts'
import type { VerifiedProgram } from '#lib/evidence/verified-runs.ts'
import type { Language } from '#lib/guides/bilingual.ts'

export type Evidence = ClientEvidence & { readonly verified: VerifiedProgram | null }
export type EvidenceOf = (clientId: string) => Evidence

export function hasEvidence({ verified, people, worksFor, failsFor }: Evidence): boolean {
  return verified !== null || people !== null || worksFor > 0 || failsFor > 0
}

/** What shows that a program works here, most certain first. */
export function EvidenceLines({ evidence, language }: { evidence: Evidence; language: Language }) {
  const t = evidenceTexts[language]
  if (!hasEvidence(evidence)) return <span className="text-ink-muted">{t.nothing}</span>
  const { verified, people, worksFor, failsFor } = evidence
  const lines = [
    verified === null ? null : t.tested(verified.version, verified.date),
    people === null ? null : t.people(people),
    worksFor === 0 ? null : t.works(worksFor),
    failsFor === 0 ? null : t.fails(failsFor),
  ].filter((line) => line !== null)
  return (
    <ul className="mt-1 space-y-1">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

export function VerifiedWays({ verified, language }: { verified: VerifiedProgram; language: Language }) {
  return (
    <ul className="space-y-1">
      {waysOf(verified.runs).map((way) => (
        <li key={way.en}>{way[language]}</li>
      ))}
    </ul>
  )
}
