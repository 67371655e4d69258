import { useFormatter, useTranslations } from 'next-intl'

const KIBIBYTE = 1_024
const MEBIBYTE = 1_048_576
const GIBIBYTE = 1_073_741_824

/** "35.2 MB": in the unit that leaves the fewest digits. */
export function useByteFormat(): (bytes: number) => string {
  const t = useTranslations('mailbox.bytes')
  const format = useFormatter()
  return (bytes) => {
    const inUnit = (unit: number) => format.number(bytes / unit, { maximumFractionDigits: bytes < 10 * unit ? 1 : 0 })
    if (bytes >= GIBIBYTE) return t('giga', { size: inUnit(GIBIBYTE) })
    if (bytes >= MEBIBYTE) return t('mega', { size: inUnit(MEBIBYTE) })
    return t('kilo', { size: inUnit(KIBIBYTE) })
  }
}
