/** A path pattern of the model, `/things/{thingName}/jobs`, and what it leads to. */
export interface Route<Target> {
  readonly method: string
  /** With query literals that the request must have, if any: `/clusters?describe`. */
  readonly pattern: string
  /** The last label takes the rest of the path, as if it were written `{label+}`. */
  readonly greedy?: boolean
  /** The path may also end in a slash, although the pattern does not. */
  readonly trailingSlash?: boolean
  readonly target: Target
}

export interface Found<Target> {
  readonly target: Target
  /** Values of the labels, by name. */
  readonly labels: ReadonlyMap<string, string>
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'label' | 'greedy'; readonly name: string }

interface Entry<Target> {
  readonly segments: readonly Segment[]
  readonly query: readonly (readonly [string, string])[]
  readonly target: Target
}

interface Node<Target> {
  readonly literals: Map<string, Node<Target>>
  label: Node<Target> | undefined
  /** Entries by method: here a path ends. */
  readonly ends: Map<string, Entry<Target>[]>
  /** Entries by method whose greedy label begins here. */
  readonly rests: Map<string, Entry<Target>[]>
}

/**
 * Finds the operation of a path: a trie over segments. Where several patterns fit, at the first segment in which they
 * differ a literal goes before a label, a label before a greedy label; then the one with more query literals.
 * A look-up visits each node of the trie at most once, whatever the request says.
 */
export class Router<Target> {
  readonly #root: Node<Target> = createNode()

  /** @throws {Error} for two routes that no request can tell apart. */
  constructor(routes: Iterable<Route<Target>>) {
    for (const route of routes) {
      const [path = '', search = ''] = route.pattern.split('?')
      this.#add(route, path, search)
      if (route.trailingSlash) this.#add(route, `${path}/`, search)
    }
  }

  /**
   * @param segments of the path, decoded
   * @returns `'method'` where the path is known, but not with this method.
   */
  find(
    method: string,
    segments: readonly string[],
    query: readonly (readonly [string, string])[],
  ): Found<Target> | 'method' | undefined {
    let pathKnown = false
    const pick = (entries: Map<string, Entry<Target>[]>): Entry<Target> | undefined => {
      const fitting = (entry: Entry<Target>) => fits(entry, segments, query)
      const entry = entries.get(method)?.find(fitting)
      if (!entry && !pathKnown) pathKnown = entries.values().some((others) => others.some(fitting))
      return entry
    }
    const search = (node: Node<Target>, index: number): Entry<Target> | undefined => {
      const segment = segments[index]
      if (segment === undefined) return pick(node.ends)
      const literal = node.literals.get(segment)
      const found =
        (literal && search(literal, index + 1)) ??
        (segment === '' || !node.label ? undefined : search(node.label, index + 1))
      return found ?? pick(node.rests)
    }
    const entry = search(this.#root, 0)
    if (entry) return { target: entry.target, labels: labelsOf(entry.segments, segments) }
    return pathKnown ? 'method' : undefined
  }

  #add(route: Route<Target>, path: string, search: string): void {
    const segments = parsePath(path, route.greedy === true)
    const entry: Entry<Target> = { segments, query: [...new URLSearchParams(search)], target: route.target }
    let node = this.#root
    for (const segment of segments) {
      if (segment.kind === 'greedy') break
      node = segment.kind === 'literal' ? literalChild(node, segment.text) : labelChild(node)
    }
    const isGreedy = segments.some(({ kind }) => kind === 'greedy')
    insert(isGreedy ? node.rests : node.ends, route, entry)
  }
}

function labelChild<Target>(node: Node<Target>): Node<Target> {
  node.label ??= createNode()
  return node.label
}

function literalChild<Target>(node: Node<Target>, text: string): Node<Target> {
  const known = node.literals.get(text)
  if (known) return known
  const child: Node<Target> = createNode()
  node.literals.set(text, child)
  return child
}

function createNode<Target>(): Node<Target> {
  return { literals: new Map(), label: undefined, ends: new Map(), rests: new Map() }
}

function parsePath(path: string, greedy: boolean): Segment[] {
  const texts = path.slice(1).split('/')
  const last = texts.findLastIndex((text) => text.startsWith('{'))
  return texts.map((text, index) => {
    if (!text.startsWith('{')) return { kind: 'literal', text }
    if (text.endsWith('+}')) return { kind: 'greedy', name: text.slice(1, -2) }
    return { kind: greedy && index === last ? 'greedy' : 'label', name: text.slice(1, -1) }
  })
}

function insert<Target>(table: Map<string, Entry<Target>[]>, route: Route<Target>, entry: Entry<Target>): void {
  const entries = table.get(route.method) ?? []
  const identity = (of: Entry<Target>) => JSON.stringify([tailOf(of.segments), of.query])
  if (entries.some((other) => identity(other) === identity(entry))) {
    throw new Error(`Two operations answer ${route.method} ${route.pattern}`)
  }
  entries.push(entry)
  entries.sort((a, b) => b.query.length - a.query.length || tailOf(b.segments).length - tailOf(a.segments).length)
  table.set(route.method, entries)
}

/** What follows the greedy label. */
function tailOf(segments: readonly Segment[]): readonly Segment[] {
  const greedy = segments.findIndex((segment) => segment.kind === 'greedy')
  return greedy < 0 ? [] : segments.slice(greedy + 1)
}

/** Whether the query literals are there and the end of the path is what follows the greedy label. */
function fits<Target>(
  entry: Entry<Target>,
  segments: readonly string[],
  query: readonly (readonly [string, string])[],
): boolean {
  for (const [name, value] of entry.query) if (!query.some(([n, v]) => n === name && v === value)) return false
  const greedy = entry.segments.findIndex((segment) => segment.kind === 'greedy')
  if (greedy < 0) return true
  const tail = entry.segments.slice(greedy + 1)
  const rest = segments.slice(greedy, segments.length - tail.length)
  if (rest.length === 0 || (rest.length === 1 && rest[0] === '')) return false
  const offset = segments.length - tail.length
  return tail.every((segment, index) => {
    const text = segments[offset + index]
    return segment.kind === 'literal' ? segment.text === text : text !== undefined && text !== ''
  })
}

function labelsOf(pattern: readonly Segment[], segments: readonly string[]): Map<string, string> {
  const labels = new Map<string, string>()
  const extra = segments.length - pattern.length // segments that the greedy label takes beyond its own
  let offset = 0
  for (const [index, segment] of pattern.entries()) {
    const at = index + offset
    if (segment.kind === 'label') labels.set(segment.name, segments[at] ?? '')
    if (segment.kind !== 'greedy') continue
    labels.set(segment.name, segments.slice(at, at + extra + 1).join('/'))
    offset = extra
  }
  return labels
}
