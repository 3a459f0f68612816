/** What a challenge is filtered by. */
export const stateFilters = ['every', 'untried', 'tried', 'met'] as const;
export type StateFilter = (typeof stateFilters)[number];
