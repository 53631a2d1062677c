/** Adds to what is kept of what was asked before, of which there are at most `most`: the oldest gives way. */
export function keep<Value>(kept: Map<string, Value>, key: string, value: Value, most: number): void {
  const [oldest] = kept.keys()
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest)
  kept.set(key, value)
}
