/**
 * Does something for each of many, so many at a time. A failure is told at once, and the others go on.
 * @returns in the order of `items`
 */
export async function someAtOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = items.entries()
  const work = async () => {
    for (const [index, item] of left) results[index] = await act(item)
  }
  await Promise.all(Array.from({ length: most }, work))
  return results
}
