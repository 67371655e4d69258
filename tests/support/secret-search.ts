/**
 * Looks for many secrets at once in many bytes, in whatever form a program may have written them: as they are, reversed,
 * in hexadecimal, in base64 and base64url at each of the three offsets, in URL, JSON and UTF-16 form.
 */

type Needle = { readonly bytes: Buffer; readonly secret: string }

const KEY_BYTES = 4
const SHORTEST_BYTES = 8

export class SecretSearch {
  readonly #needles = new Map<number, Needle[]>()
  readonly #starts = new Uint8Array(2 ** 24)

  /** @param parts of which each gives the secret away; a text's UTF-8, or bytes */
  add(secret: string, parts: readonly (string | Buffer)[]): void {
    for (const form of new Set(
      parts.flatMap((part) => formsOf(Buffer.from(part)).map((bytes) => bytes.toString('latin1'))),
    )) {
      const bytes = Buffer.from(form, 'latin1')
      if (bytes.length < SHORTEST_BYTES) continue
      const key = bytes.readUInt32LE(0)
      const others = this.#needles.get(key)
      if (others) others.push({ bytes, secret })
      else this.#needles.set(key, [{ bytes, secret }])
      this.#starts[key & 0xff_ff_ff] = 1
    }
  }

  /** @returns the secrets that are in there, each once */
  find(haystack: Buffer): Set<string> {
    const found = new Set<string>()
    for (let at = 0; at + SHORTEST_BYTES <= haystack.length; at += 1) {
      if (this.#starts[haystack.readUIntLE(at, KEY_BYTES - 1)] === 0) continue
      for (const { bytes, secret } of this.#needles.get(haystack.readUInt32LE(at)) ?? []) {
        if (haystack.subarray(at, at + bytes.length).equals(bytes)) found.add(secret)
      }
    }
    return found
  }
}

export function formsOf(plain: Buffer): Buffer[] {
  const reversed = Buffer.from(plain.toReversed())
  const texts = [plain, reversed].flatMap((bytes) => [...hexForms(bytes), ...base64Forms(bytes), ...urlForms(bytes)])
  return [plain, reversed, ...texts.map((text) => Buffer.from(text)), ...unicodeForms(plain)]
}

function hexForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex')
  return [hex, hex.toUpperCase()]
}

/** What base64 makes of these bytes wherever they stand in a longer text: without the characters that neighbours share. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
    const whole = padded.subarray(0, padded.length - (padded.length % 3))
    const first = Math.ceil((offset * 8) / 6)
    return [whole.toString('base64').slice(first), whole.toString('base64url').slice(first)]
  })
}

function urlForms(bytes: Buffer): string[] {
  const every = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const text = bytes.toString()
  const usual = text.isWellFormed() && !text.includes('\ufffd') ? [encodeURIComponent(text)] : []
  return [every, every.toUpperCase(), ...usual]
}

function unicodeForms(bytes: Buffer): Buffer[] {
  const text = bytes.toString()
  if (text.includes('\ufffd')) return []
  const escaped = [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  return [Buffer.from(text, 'utf16le'), Buffer.from(escaped), Buffer.from(escaped.replaceAll('\\', '\\\\'))]
}
