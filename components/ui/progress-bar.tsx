import { useId } from 'react'

type ProgressBarProps = { readonly label: string; readonly value: number; readonly max: number }

/** How far something has come, in words and as a bar. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <progress id={id} value={value} max={Math.max(max, 1)} className="mt-1 block h-3 w-full accent-primary" />
    </div>
  )
}
