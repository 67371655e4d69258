/** Reads XML strictly into a tree, for tests of what we write: elements, attributes and text, nothing else. */
export type XmlElement = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

const TOKEN = /<(\/?)([A-Za-z][\w.:-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function readXml(document: string): XmlElement {
  const xml = document
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*(?:<!DOCTYPE plist [^<>[\]]*>)?/, '')
    .trim()
  if (xml === document.trim()) throw new Error('the XML declaration is missing')
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' }
  const open = [root]
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < xml.length; ) {
    const token = TOKEN.exec(xml)
    const parent = open.at(-1)
    if (token === null || parent === undefined) throw new Error(`not well-formed at ${TOKEN.lastIndex}`)
    const [, closing, name = '', attributes = '', empty, text] = token
    if (text !== undefined) parent.text += plain(text)
    else if (closing) {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`)
      open.pop()
    } else {
      const child = { name, attributes: readAttributes(attributes), children: [], text: '' }
      parent.children.push(child)
      if (!empty) open.push(child)
    }
  }
  const [only, ...others] = root.children
  if (only === undefined || others.length > 0 || open.length !== 1) throw new Error('not one root element')
  return only
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, plain(value)]),
  )
}

function plain(text: string): string {
  return text.replaceAll(/&([^;]*);/g, (_, name: string) => {
    const character = entities[name]
    if (character === undefined) throw new Error(`unknown entity ${name}`)
    return character
  })
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The text of the only child of this name. */
export function textOf(element: XmlElement, name: string): string {
  const [child, ...others] = childrenOf(element, name)
  if (child === undefined || others.length > 0 || child.children.length > 0) throw new Error(`not one <${name}>`)
  return child.text
}
