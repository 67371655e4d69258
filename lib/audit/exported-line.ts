/** One audit record as it leaves this site: with its hashes, in one JSON object. */
type Exportable = { readonly id: number; readonly prevHash: Uint8Array; readonly hash: Uint8Array }

export function exportedLine({ prevHash, hash, ...record }: Exportable): string {
  return JSON.stringify({ ...record, prevHash: hex(prevHash), hash: hex(hash) })
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
