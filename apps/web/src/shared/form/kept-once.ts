/**
 * The rule of a text that AWS takes no empty one of: once it is there, it can only become another one. Where there is none
 * it is left out of what is sent.
 * @param what it is called in a sentence
 */
export const keptOnce =
  (before: string | undefined, what = 'description') =>
  (text: string): string | undefined =>
    text === '' && before !== undefined && before !== '' ? `AWS takes no ${what} away: write another one.` : undefined
