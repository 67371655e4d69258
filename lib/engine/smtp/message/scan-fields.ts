/** What the scanners found, as header fields that people's own rules can ask for. Nobody else may write them, see forged-results.ts. */
import type { ScanFindings } from '#lib/policy/scan-rules.ts'

export function scanFields({ virus, spam }: ScanFindings): string {
  const fields: string[] = []
  if (virus.kind === 'clean') fields.push('X-Virus-Scanned: clean')
  if (virus.kind === 'unknown') fields.push('X-Virus-Scanned: no, the scanner did not answer')
  if (spam.kind === 'scored') {
    fields.push(`X-Spam-Flag: ${spam.advice === 'mark' || spam.advice === 'refuse' ? 'YES' : 'NO'}`)
    fields.push(`X-Spam-Score: ${spam.score.toFixed(2)} / ${spam.required.toFixed(2)}`)
  }
  return fields.map((field) => `${field}\r\n`).join('')
}
