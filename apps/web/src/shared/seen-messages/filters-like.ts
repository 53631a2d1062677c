/** A level that names one of many: a number in it, or so long that it must be an id. */
const isOneOfMany = (level: string) => /\d/.test(level) || level.length > 24

/** Topics with, before them, the filters that they suggest: `plant/pump-7/data` is one of `plant/+/data`. */
export function filtersLike(topics: readonly string[]): readonly string[] {
  const filters = topics.map((topic) => topic.replace(/[^/]+/g, (level) => (isOneOfMany(level) ? '+' : level)))
  // What differs in one level alone is one of many, too.
  const alike = Map.groupBy(
    topics.flatMap((topic) => topic.split('/').map((_, index, levels) => levels.with(index, '+').join('/'))),
    (filter) => filter,
  )
  const shared = [...alike].filter(([, found]) => found.length > 1).map(([filter]) => filter)
  return [...new Set([...filters.filter((filter) => filter.includes('+')), ...shared, ...topics])]
}
