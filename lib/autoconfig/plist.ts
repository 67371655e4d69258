/** Writes a property list as XML, as Apple's devices read it. */
import { element, type Markup, xmlDocument } from '#lib/xml/xml.ts'

export type PlistValue = string | number | boolean | readonly PlistValue[] | PlistDictionary
export type PlistDictionary = { readonly [key: string]: PlistValue }

const DOCUMENT_TYPE =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'

export function plistDocument(root: PlistDictionary): string {
  return xmlDocument(element('plist', [plistElement(root)], { version: '1.0' }), DOCUMENT_TYPE)
}

function plistElement(value: PlistValue): Markup {
  if (typeof value === 'string') return element('string', value)
  if (typeof value === 'number') return element('integer', value)
  if (typeof value === 'boolean') return element(value ? 'true' : 'false')
  if (isList(value)) return element('array', value.map(plistElement))
  return element(
    'dict',
    Object.entries(value).flatMap(([key, inner]) => [element('key', key), plistElement(inner)]),
  )
}

function isList(value: PlistValue): value is readonly PlistValue[] {
  return Array.isArray(value)
}
