/** The portal password of everybody in tests. */
export const portalPassword = 'correct horse battery staple'
