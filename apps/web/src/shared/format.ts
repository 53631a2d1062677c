/** `212 B`, `1.2 KB`, `3.4 MB`: binary thousands, as AWS's limits are meant. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`
  if (bytes < 1_024 * 1_024) return `${(bytes / 1_024).toFixed(1)} KB`
  return `${(bytes / 1_024 / 1_024).toFixed(1)} MB`
}

const NUMBER = new Intl.NumberFormat('en-US')

/** `1,204,331` */
export const formatCount = (count: number): string => NUMBER.format(count)

/** `1 thing`, `1,204 things` */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** With a full stop at its end, if it has none yet: reasons come from servers, with or without. */
export const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** As the beginning of a sentence, or alone. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
