/** What a set-up code can be for; it is good for one of them. */
export const setUpPurposes = ['mailCredential', 'portalPassword'] as const
export type SetUpPurpose = (typeof setUpPurposes)[number]
