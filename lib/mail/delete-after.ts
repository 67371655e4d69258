/** An IMAP keyword with a number of days: what carries it is removed when it has lain in its folder for so long. */
export const DELETE_AFTER_KEYWORD = '$DeleteAfter'
