import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { EditorSelect } from './editor-fields.tsx'

type EditorRowProps<Kind extends string> = {
  readonly label: string
  readonly kind: Kind
  readonly kinds: readonly { readonly value: Kind; readonly label: string }[]
  readonly onKind: (kind: Kind) => void
  readonly removeLabel: string
  readonly onRemove: () => void
  readonly children: ReactNode
}

/** A condition or an action: its kind, then what belongs to that kind. */
export function EditorRow<Kind extends string>(props: EditorRowProps<Kind>) {
  const { label, kind, kinds, onKind, removeLabel, onRemove, children } = props
  return (
    <li className="grid gap-4 rounded-8 bg-sunken p-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] sm:items-end">
      <EditorSelect label={label} value={kind} onValue={onKind} options={kinds} />
      {children}
      <Button tone="quiet" onClick={onRemove}>
        <Trash2 aria-hidden className="size-5" />
        {removeLabel}
      </Button>
    </li>
  )
}
