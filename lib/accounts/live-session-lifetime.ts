/** The row of a live session that was not renewed for so long belongs to a session that is gone; renewed every 30. */
export const LIVE_SESSION_SECONDS = 100
