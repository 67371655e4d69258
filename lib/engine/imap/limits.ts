/** How much and how long. Before a login everything is small. */

/** RFC 9051 §5.4: no less than half an hour. */
export const IDLE_MS = 1_800_000
export const SIGNED_OUT_MS = 120_000

export const MAX_LINE_BYTES = 65_536
/** An ID of 30 fields, each of 30 and 1,024 octets (RFC 2971 §3.3), must fit. */
export const MAX_SIGNED_OUT_LINE_BYTES = 32_768
export const MAX_SIGNED_OUT_COMMAND_BYTES = 36_864
export const MAX_COMMAND_BYTES = 131_072
export const MAX_LITERALS = 64
/** RFC 7888 §5, LITERAL-: larger ones of a stranger must wait for the server's word. */
export const MAX_SIGNED_OUT_UNANNOUNCED_BYTES = 4_096
/** A few of the largest messages; then closing the connection is the only way to stop it. */
export const MAX_DROPPED_BYTES = 134_217_728
export const MAX_SIGNED_OUT_DROPPED_BYTES = 65_536
/** Of one APPEND (RFC 3502); its bytes are bounded too. */
export const MAX_APPENDED_MESSAGES = 1_000

/** In a row: a client that goes on like this understands nothing of what it is told. */
export const MAX_ERRORS_IN_A_ROW = 20
export const MAX_SIGNED_OUT_ERRORS_IN_A_ROW = 5
