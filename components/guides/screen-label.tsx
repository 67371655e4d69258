/** Words of a mail program's screen, set apart from ours, and copied from its source letter by letter. */
export function ScreenLabel({ children, lang }: { children: string; lang?: string }) {
  return (
    <span
      lang={lang}
      translate="no"
      className="phrases rounded-4 border border-line bg-sunken px-1.5 py-0.5 font-700 [box-decoration-break:clone]"
    >
      {children}
    </span>
  )
}
