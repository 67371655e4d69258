import { useId } from 'react'

type ProgressBarProps = { readonly label: string; readonly value: number; readonly max: number }

const barClass =
  'mt-1 block h-3 w-full appearance-none overflow-hidden rounded-full border border-line-strong bg-sunken [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-primary'

/** How far something has come, in words and as a bar. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <progress id={id} value={value} max={Math.max(max, 1)} className={barClass} />
    </div>
  )
}
