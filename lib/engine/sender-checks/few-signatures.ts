/** A message as it is checked: with the uppermost DKIM signatures only, which the last hosts on its way have made. */
import { scanFields } from '#lib/mime/header.ts'

export function withFewSignatures(message: Buffer, max: number): Buffer {
  const kept: Buffer[] = []
  let from = 0
  let count = 0
  for (const { name, start, end } of scanFields(message, 0, message.length)) {
    if (name !== 'dkim-signature') continue
    count += 1
    if (count <= max) continue
    kept.push(message.subarray(from, start))
    from = end
  }
  return kept.length === 0 ? message : Buffer.concat([...kept, message.subarray(from)])
}
