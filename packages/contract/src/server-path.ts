/** Whether the server answers at this path itself, instead of giving it to the console's own pages. */
export const isServerPath = (path: string): boolean => /^\/(?:api|auth)\//.test(path)

/** Whether the documentation is at this path: static pages, for everybody, which the console's router does not know. */
export const isDocumentationPath = (path: string): boolean => /^\/docs(?:[/?#]|$)/.test(path)
