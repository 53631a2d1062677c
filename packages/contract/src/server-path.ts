/** Whether the server answers at this path itself, instead of giving it to the console's own pages. */
export const isServerPath = (path: string): boolean => /^\/(?:api|auth)\//.test(path)
