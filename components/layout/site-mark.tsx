/** The mark: one line that becomes two, as the notice's one server did. */
export function SiteMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" className={className} fill="none">
      <rect width="40" height="40" rx="10" fill="currentColor" />
      <g stroke="var(--surface)" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <path d="M9 20h7c4 0 4-8 9-8h4" />
        <path d="M16 20c4 0 4 8 9 8h4" />
      </g>
      <g fill="var(--surface)">
        <circle cx="9" cy="20" r="3.2" />
        <circle cx="30" cy="12" r="3.2" />
        <circle cx="30" cy="28" r="3.2" />
      </g>
    </svg>
  )
}
