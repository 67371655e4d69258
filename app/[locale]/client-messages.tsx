import { type Messages, NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'

/** What every page's own scripts say. */
const everywhere = ['layout', 'copy', 'forms', 'errors', 'loading', 'signIn'] as const

type ClientMessagesProps = { readonly of?: readonly (keyof Messages)[]; readonly children: ReactNode }

/** Hands the browser the texts of its own pages only: nobody downloads the operator's. */
export async function ClientMessages({ of = [], children }: ClientMessagesProps) {
  const messages: Messages = await getMessages()
  const chosen = Object.fromEntries([...everywhere, ...of].map((name) => [name, messages[name]]))
  return <NextIntlClientProvider messages={chosen}>{children}</NextIntlClientProvider>
}
