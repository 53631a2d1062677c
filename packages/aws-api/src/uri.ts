/** A request's path as its segments and its query as pairs, both percent-decoded exactly once. */
export interface Target {
  /** `/things/a%2Fb` → `['things', 'a/b']`; `/` → `['']`. */
  readonly segments: readonly string[]
  readonly query: readonly (readonly [name: string, value: string])[]
}

/**
 * Splits what a request line says. The path is split before it is decoded, so that `%2F` stays within its segment.
 * In the query a plus sign is a space, as HTML forms send it; signing clients send `%20` and `%2B`.
 * @returns undefined where it is not an absolute path or not percent-encoded UTF-8.
 */
export function parseTarget(url: string): Target | undefined {
  if (!url.startsWith('/')) return undefined
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const query = parsePairs(mark < 0 ? '' : url.slice(mark + 1))
  if (!query) return undefined
  try {
    return { segments: path.slice(1).split('/').map(decodeURIComponent), query }
  } catch {
    return undefined
  }
}

/**
 * The pairs of a query string or a form, decoded.
 * @returns undefined where it is not percent-encoded UTF-8
 */
export function parsePairs(text: string): [name: string, value: string][] | undefined {
  const pairs: [string, string][] = []
  try {
    for (const pair of text.split('&')) {
      if (pair === '') continue
      const equals = pair.indexOf('=')
      pairs.push(equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))])
    }
    return pairs
  } catch {
    return undefined
  }
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
