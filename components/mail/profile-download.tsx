import { Download } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'

/** A profile is a file, not a page. */
export function ProfileDownload({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} download="mail.mobileconfig" className={buttonClass('primary')}>
      <Download aria-hidden className="size-5" />
      {children}
    </a>
  )
}
