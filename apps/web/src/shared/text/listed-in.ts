/** Names or ARNs that a person wrote one a line, or with commas or spaces between: each once, in the order written. */
export const listedIn = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter((each) => each !== ''))]
