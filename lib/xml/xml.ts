/** Writes XML 1.0. Text is escaped here and nowhere else; characters that XML cannot carry are left out. */

declare const written: unique symbol
/** markup that `element` made, which no text can be mistaken for */
export type Markup = string & { readonly [written]: true }

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

export function element(
  name: string,
  content: string | number | readonly Markup[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Markup {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const inner = Array.isArray(content) ? content.join('') : escaped(String(content))
  return `<${name}${given.join('')}>${inner}</${name}>` as Markup
}

export function xmlDocument(root: Markup, documentType = ''): string {
  return `${DECLARATION}${documentType}${root}\n`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
