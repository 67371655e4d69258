import { catalogue, modernClients } from '#lib/guides/catalogue.ts'
import type { Locale } from '#lib/i18n/routing.ts'

export type Choice = { readonly value: string; readonly label: string }
export type ClientChoices = { readonly modern: readonly Choice[]; readonly notice: readonly Choice[] }

/** Mail programs of today, and those of the notice in its own order. */
export function clientChoices(locale: Locale): ClientChoices {
  const choice = ({ id, name }: (typeof catalogue)[number]): Choice => ({ value: id, label: name[locale] })
  return {
    modern: modernClients.map(choice),
    notice: catalogue.filter(({ era }) => era === 'notice').map(choice),
  }
}
