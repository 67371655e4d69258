/** What one script, and one run of it for one message, may cost. */

export const MAX_SCRIPT_BYTES = 1_048_576
export const MAX_ACTIONS = 32
export const MAX_REDIRECTS = 4
/** CPU time of one run. */
export const MAX_RUN_MS = 50
/** A step is about a microsecond of work; the count is the same on every machine, the clock is not. */
export const MAX_STEPS = 50_000
export const MAX_VARIABLES = 255
export const MAX_VARIABLE_CHARACTERS = 4_000
/** One string of the script after its variables were put in. */
export const MAX_EXPANDED_CHARACTERS = 65_536
export const MAX_INCLUDE_DEPTH = 10
/** A regular expression looks at so much of one value. */
export const MAX_REGEX_CHARACTERS = 32_768
export const MAX_ADDED_FIELD_CHARACTERS = 2_048
export const MAX_HEADER_FIELDS_CHANGED = 10_000
