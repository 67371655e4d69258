/** A message as a script sees it. The view is made by whoever has the bytes; the interpreter only reads it. */

export type HeaderField = {
  /** as it is written */
  readonly name: string
  /** its name in lower case */
  readonly key: string
  /** unfolded, its encoded-words decoded, without white space around it */
  readonly value: string
  /** unfolded only: addresses are read from it */
  readonly raw: string
  /** its place in the message as it came; null for one that a script added */
  readonly origin: number | null
}

export type BodyPart = {
  /** "text/plain", lower case */
  readonly type: string
  /** decoded from transfer encoding and charset */
  readonly text: string
}

export interface MessageView {
  readonly sizeBytes: number
  readonly header: readonly HeaderField[]
  /** "local@domain" of each address in the value of a field; what cannot be read is left out */
  addressesIn(raw: string): readonly string[]
  rawBody(): string
  /** the leaves of the message's structure, in order; an embedded message is a leaf too */
  bodyParts(): readonly BodyPart[]
}

export type Envelope = {
  /** empty for <> */
  readonly from: string
  readonly to: string
  /** the submitter, when the message was submitted here */
  readonly auth: string | null
}
