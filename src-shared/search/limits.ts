/** Most UTF-16 units that a search may have. */
export const longestSearch = 200;
