const MAX_LOOKED_AT = 5_000

/**
 * Topics that contain `text`, those that begin with it first and shorter ones before longer, and among them the topic
 * filters that take in at least two: `dt/hall-2/#` for what is below `dt/hall-2`.
 */
export function suggestTopics(topics: Iterable<string>, text: string, count: number): readonly string[] {
  const needle = text.replace(/[/]?[#+]?$/, '').toLowerCase()
  const found: string[] = []
  for (const topic of topics) {
    if (!topic.toLowerCase().includes(needle)) continue
    found.push(topic)
    if (found.length >= MAX_LOOKED_AT) break
  }
  const below = new Map<string, number>()
  for (const topic of found) {
    const levels = topic.split('/')
    for (let depth = 1; depth < levels.length; depth++) {
      const filter = `${levels.slice(0, depth).join('/')}/#`
      below.set(filter, (below.get(filter) ?? 0) + 1)
    }
  }
  const filters = [...below].filter(([, size]) => size > 1).map(([filter]) => filter)
  const begins = (candidate: string) => (candidate.toLowerCase().startsWith(needle) ? 0 : 1)
  return [...new Set([...filters, ...found])]
    .filter((candidate) => candidate.toLowerCase().includes(needle))
    .sort((a, b) => begins(a) - begins(b) || a.length - b.length || (a < b ? -1 : 1))
    .slice(0, count)
}
