import { CopyButton } from './copy-button.tsx'

/** One part of a record that somebody enters elsewhere, with its own copy button; belongs into a dl. */
export function CopyablePart({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <span translate="no" className="typed min-w-0 flex-1 basis-64 break-all">
          {value}
        </span>
        <CopyButton value={value} of={label} />
      </dd>
    </div>
  )
}
