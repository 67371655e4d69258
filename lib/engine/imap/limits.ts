/** How much and how long. Before a login everything is small. */

/** RFC 9051 §5.4: no less than half an hour. */
export const IDLE_MS = 1_800_000
export const SIGNED_OUT_MS = 120_000

export const MAX_LINE_BYTES = 65_536
/** SASL responses of 12,288 bytes (RFC 4954 §4.5 has the same number) must fit. */
export const MAX_SIGNED_OUT_LINE_BYTES = 16_384
export const MAX_SIGNED_OUT_COMMAND_BYTES = 20_480
export const MAX_COMMAND_BYTES = 131_072
export const MAX_LITERALS = 64
/** Of one APPEND (RFC 3502); its bytes are bounded too. */
export const MAX_APPENDED_MESSAGES = 1_000

/** In a row: a client that goes on like this understands nothing of what it is told. */
export const MAX_ERRORS_IN_A_ROW = 20
export const MAX_SIGNED_OUT_ERRORS_IN_A_ROW = 5
