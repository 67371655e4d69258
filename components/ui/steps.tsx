import type { ReactNode } from 'react'

/** Numbered steps: the number is large, and stays with its step on paper. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className="space-y-6 [counter-reset:step]">{children}</ol>
}

export function Step({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <li className="grid grid-cols-[2.5rem_1fr] gap-x-4 [counter-increment:step]">
      <span
        aria-hidden
        className="row-span-2 flex size-10 items-center justify-center rounded-full border-2 border-primary text-std-18B-160 text-primary before:content-[counter(step)]"
      />
      <p className="phrases pt-1 text-std-18B-160">{title}</p>
      {children ? <div className="col-start-2 mt-2 min-w-0 space-y-3">{children}</div> : null}
    </li>
  )
}
