'use client'

import { useEffect, useId, useState } from 'react'
import { ValueList } from '#components/ui/value-list.tsx'

type TypedAddressProps = {
  /** what a client wants behind the @ of its user name; null for the domain of the address itself */
  readonly userNameHost: string | null
  readonly example: string
  readonly texts: Readonly<Record<'label' | 'hint' | 'address' | 'userName', string>>
}

const ADDRESS = /^([^\s@]{1,64})@[^\s@]+\.[^\s@]+$/

/**
 * The reader's own values without signing in. The address never leaves the page: the field has no name, no form sends
 * it, and nothing keeps it. Without JavaScript it is not there, and the page is complete without it.
 */
export function TypedAddress({ userNameHost, example, texts }: TypedAddressProps) {
  const id = useId()
  const [isAlive, setIsAlive] = useState(false)
  const [text, setText] = useState('')
  useEffect(() => setIsAlive(true), [])
  if (!isAlive) return null
  const address = text.normalize('NFKC').trim()
  const local = ADDRESS.exec(address)?.[1]
  const userName = userNameHost === null || local === undefined ? address : `${local}@${userNameHost}`
  return (
    <div className="screen-only mb-6">
      <label htmlFor={id} className="block text-std-16B-170">
        {texts.label}
      </label>
      <p id={`${id}-hint`} className="text-ink-muted">
        {texts.hint}
      </p>
      <input
        id={id}
        type="email"
        autoComplete="email"
        placeholder={example}
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        className="mt-1 min-h-12 w-full max-w-[30rem] rounded-8 border border-line-strong bg-surface px-3"
      />
      <div role="status">
        {local === undefined ? null : (
          <ValueList
            className="mt-3"
            values={[
              { label: texts.address, value: address, long: true },
              { label: texts.userName, value: userName, long: true },
            ]}
          />
        )}
      </div>
    </div>
  )
}
