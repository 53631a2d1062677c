/** For SQLite's `LIKE … ESCAPE '\\'`: has the text anywhere. */
export const likePart = (text: string): string => `%${text.replaceAll(/[%_\\]/g, '\\$&')}%`
