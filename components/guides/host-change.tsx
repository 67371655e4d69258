import { ArrowRight } from 'lucide-react'
import { HostName } from '#components/ui/host-name.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { guideTexts } from '#lib/guides/guide-texts.ts'

type HostChangeProps = {
  readonly old: string
  readonly incoming: string
  readonly outgoing: string
  readonly language: Language
}

/** What changes, in two lines: the old host and the one that takes its place. */
export function HostChange({ old, incoming, outgoing, language }: HostChangeProps) {
  const t = guideTexts[language]
  return (
    <section aria-labelledby="changes" className="mb-10">
      <h2 id="changes" className="mb-3 text-std-20B-160">
        {t.changes}
      </h2>
      <dl className="grid gap-3 sm:grid-cols-2">
        <Line what={t.receivingServer} old={old} now={incoming} tone="border-receive bg-receive-soft" />
        <Line what={t.sendingServer} old={old} now={outgoing} tone="border-submit bg-submit-soft" />
      </dl>
    </section>
  )
}

function Line({ what, old, now, tone }: { what: string; old: string; now: string; tone: string }) {
  return (
    <div className={`rounded-12 border-l-6 px-4 py-3 ${tone}`}>
      <dt>{what}</dt>
      <dd className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <HostName struck>{old}</HostName>
        <ArrowRight aria-label="→" className="size-5 shrink-0" />
        <HostName className="text-std-18B-160">{now}</HostName>
      </dd>
    </div>
  )
}
