'use client'

import { KeyRound, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, startTransition, useState } from 'react'
import { Button, type ButtonTone } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type ActionState, idle } from '#lib/http/action-state.ts'

type PasskeyButtonProps<Options> = {
  /** asks the portal what the authenticator is to answer */
  readonly begin: (previous: ActionState<Options>, form: FormData) => Promise<ActionState<Options>>
  /** asks the authenticator */
  readonly ask: (options: { optionsJSON: Options }) => Promise<object>
  /** takes the authenticator's answer, in the field "answer" */
  readonly finish: (form: FormData) => void
  readonly fields?: Readonly<Record<string, string>>
  readonly tone?: ButtonTone
  readonly className?: string
  readonly children: ReactNode
}

type Trouble = { readonly kind: 'refused'; readonly message: string } | { readonly kind: 'stopped' | 'unsupported' }

/** A browser knows a passkey by the portal's name; under an IP address it has none. */
function sameUnderItsName(rpId: string): string | null {
  const here = new URL(window.location.href)
  if (here.hostname === rpId || here.hostname.endsWith(`.${rpId}`)) return null
  here.hostname = rpId
  return here.href
}

type Relying = { readonly rpId?: string; readonly rp?: { readonly id?: string } }

export function PasskeyButton<Options extends Relying>(props: PasskeyButtonProps<Options>) {
  const { begin, ask, finish, fields = {}, tone = 'secondary', className, children } = props
  const t = useTranslations('signIn.passkey')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [isAsking, setAsking] = useState(false)

  async function askForKey(): Promise<Trouble | null> {
    if (typeof window.PublicKeyCredential === 'undefined') return { kind: 'unsupported' }
    const begun = await begin(idle, new FormData())
    if (begun.status !== 'done') return { kind: 'refused', message: begun.status === 'refused' ? begun.message : '' }
    const elsewhere = sameUnderItsName(begun.result.rpId ?? begun.result.rp?.id ?? '')
    if (elsewhere !== null) {
      window.location.assign(elsewhere)
      return null
    }
    const answer = await ask({ optionsJSON: begun.result }).catch(() => null)
    if (answer === null) return { kind: 'stopped' }
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('answer', JSON.stringify(answer))
    startTransition(() => finish(form))
    return null
  }

  async function press() {
    setTrouble(null)
    setAsking(true)
    setTrouble(await askForKey().catch(() => ({ kind: 'stopped' }) as const))
    setAsking(false)
  }

  const Icon = isAsking ? LoaderCircle : KeyRound
  return (
    <div className="space-y-3">
      {trouble === null ? null : (
        <Notice
          tone="warning"
          role="alert"
          title={trouble.kind === 'refused' ? trouble.message : t(`trouble.${trouble.kind}`)}
        />
      )}
      <Button tone={tone} className={className} disabled={isAsking} onClick={press}>
        <Icon aria-hidden className={isAsking ? 'size-5 animate-spin' : 'size-5'} />
        {isAsking ? t('asking') : children}
      </Button>
    </div>
  )
}
