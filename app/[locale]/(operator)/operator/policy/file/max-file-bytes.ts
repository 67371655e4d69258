export const maxFileBytes = 1_000_000
