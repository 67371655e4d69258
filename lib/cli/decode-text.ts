/** A file as text. */
export class UnreadableText extends Error {}

/** @throws UnreadableText */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableText('the file is not UTF-8; save it again as UTF-8')
  }
}
