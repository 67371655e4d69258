/**
 * Names that stay when a folder is renamed or a message is moved (RFC 8474). A copy shares its message's body and
 * therefore its EMAILID. There are no THREADIDs: which messages belong together is worked out when a client asks.
 */

export const mailboxId = (folderId: number) => `F${folderId}`
export const emailId = (bodyId: number) => `M${bodyId}`

/** @returns null when no message can have this EMAILID */
export function bodyIdOf(text: string): number | null {
  const digits = /^M([1-9]\d{0,14})$/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}
