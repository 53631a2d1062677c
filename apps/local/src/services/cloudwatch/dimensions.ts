/** A name and a value that belong to the identity of a metric. */
export interface Dimension {
  readonly Name: string
  readonly Value: string
}

/** What the SDK types say of a dimension: the model has made sure of both. */
export interface GivenDimension {
  readonly Name: string | undefined
  readonly Value: string | undefined
}

/** All dimensions of a metric as one text, the same whatever their order: by name, as JSON. */
export function dimensionsKey(dimensions: readonly GivenDimension[]): string {
  const pairs = dimensions.map(({ Name = '', Value = '' }) => [Name, Value] as const)
  return JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

/** What {@link dimensionsKey} was made of. */
export function dimensionsOf(key: string): Dimension[] {
  const pairs: [string, string][] = JSON.parse(key)
  return pairs.map(([Name, Value]) => ({ Name, Value }))
}
