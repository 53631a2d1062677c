/** `team=halls` in lines; undefined: a line is none, or a key is there twice. */
export function parseTags(text: string): Readonly<Record<string, string>> | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const tags = new Map<string, string>()
  for (const line of lines.filter((each) => each !== '')) {
    const [, key, value] = /^([^=]{1,128})=(.{0,256})$/.exec(line) ?? []
    if (key === undefined || value === undefined || tags.has(key.trim())) return undefined
    tags.set(key.trim(), value.trim())
  }
  return Object.fromEntries(tags)
}

export const formatTags = (tags: Readonly<Record<string, string>> = {}): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')

/** Said of a text that {@link parseTags} cannot read. */
export const TAGS_RULE = (text: string): string | undefined =>
  parseTags(text) ? undefined : 'Write one key=value a line, each key once.'
