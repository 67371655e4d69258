import { QrCode } from '#components/ui/qr-code.tsx'
import { textLinkClass } from '#components/ui/text-link.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'

type GuideAddressProps = {
  /** short, to be typed from paper */
  readonly short: string
  readonly plainPath: string
  readonly language: Language
}

/** How to come back to this guide: from paper, with a telephone, or with a browser that shows text only. */
export function GuideAddress({ short, plainPath, language }: GuideAddressProps) {
  const t = guideTexts[language]
  return (
    <section
      aria-labelledby="address"
      className="mb-8 flex flex-wrap items-center gap-x-8 gap-y-4 break-inside-avoid rounded-12 border border-line bg-surface p-5"
    >
      <div className="w-36 shrink-0">
        <QrCode text={short} label={t.qr(short)} />
      </div>
      <div className="min-w-0 flex-1 basis-64">
        <h2 id="address" className="text-std-18B-160">
          {t.addressTitle}
        </h2>
        <p translate="no" className="typed [overflow-wrap:anywhere]">
          {short}
        </p>
        <p className="mt-1 text-ink-muted">{t.addressBody}</p>
        <p className="screen-only">
          <a href={plainPath} className={`${textLinkClass} inline-flex min-h-11 items-center`}>
            {t.plain}
          </a>
        </p>
      </div>
    </section>
  )
}
