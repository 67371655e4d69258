import { HostName } from '#components/ui/host-name.tsx'
import type { ConnectionSettings } from '#lib/guides/connection-settings.ts'
import { sentenceParts } from '#lib/guides/placeholders.ts'

/** A sentence with configured values in it; its host names are never broken across lines. */
export function Sentence({ children, settings }: { children: string; settings: ConnectionSettings }) {
  return sentenceParts(children, settings).map(({ kind, text }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move
    kind === 'host' ? <HostName key={index}>{text}</HostName> : text,
  )
}
