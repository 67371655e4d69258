/** What may be chosen in a recipe; apart from its schema, so that a browser does not have to load that. */
export const textOperators = ['contains', 'containsNot', 'is', 'startsWith', 'endsWith'] as const
export const searchedFields = ['from', 'to', 'subject'] as const
export const marks = ['read', 'flagged'] as const

export const MAX_ACTIONS = 6
export const MAX_RECIPES = 60
