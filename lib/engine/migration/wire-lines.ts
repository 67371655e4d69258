/** Files of mail end their lines with LF; on the wire, and here, they end with CRLF. */
const CR = 0x0d
const LF = 0x0a

export function toWireLines(file: Buffer): Buffer {
  let bare = 0
  for (let at = file.indexOf(LF); at >= 0; at = file.indexOf(LF, at + 1)) if (file[at - 1] !== CR) bare += 1
  if (bare === 0) return file
  const wire = Buffer.allocUnsafe(file.length + bare)
  let from = 0
  let to = 0
  for (let at = file.indexOf(LF); at >= 0; at = file.indexOf(LF, at + 1)) {
    if (file[at - 1] === CR) continue
    to += file.copy(wire, to, from, at)
    wire[to] = CR
    to += 1
    from = at
  }
  file.copy(wire, to, from)
  return wire
}
