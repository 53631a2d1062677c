/**
 * The circles in a graph of files: for every file that lies on one, the shortest through it, each circle once.
 * @param edges what each file imports; only files that are keys themselves count
 * @returns each circle as its files in the order of their imports, beginning with the first by name
 */
export function findCircles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles = new Map<string, string[]>()
  for (const file of filesOnCircles(edges)) {
    const circle = shortestCircle(edges, file)
    const first = circle.indexOf(circle.toSorted()[0] ?? '')
    const turned = [...circle.slice(first), ...circle.slice(0, first)]
    circles.set(turned.join('\n'), turned)
  }
  return [...circles.values()]
}

/** Takes away, over and over, what nobody imports and what imports nothing: circles and what lies between them stay. */
function filesOnCircles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const left = new Set(edges.keys())
  for (let before = -1; before !== left.size; ) {
    before = left.size
    const imported = new Set<string>()
    for (const file of left) {
      const targets = (edges.get(file) ?? []).filter((target) => left.has(target))
      if (targets.length === 0) left.delete(file)
      for (const target of targets) imported.add(target)
    }
    for (const file of left) if (!imported.has(file)) left.delete(file)
  }
  return [...left].filter((file) => shortestCircle(edges, file).length > 0)
}

/** Breadth first from the file back to itself; empty where there is no way back. */
function shortestCircle(edges: ReadonlyMap<string, readonly string[]>, start: string): string[] {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const file of queue) {
    for (const target of edges.get(file) ?? []) {
      if (target === start) {
        const circle = [file]
        for (let at = cameFrom.get(file); at !== undefined; at = cameFrom.get(at)) circle.unshift(at)
        return circle
      }
      if (cameFrom.has(target)) continue
      cameFrom.set(target, file)
      queue.push(target)
    }
  }
  return []
}
