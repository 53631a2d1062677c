import type { MatchOptions } from './matches.ts'
import { SubscriberSet } from './subscriber-set.ts'
import { hasWildcard } from './topic-filter.ts'

interface Node<T> {
  /** By the text of the next level, wildcards apart. */
  children: Map<string, Node<T>> | undefined
  plus: Node<T> | undefined
  /** Who subscribed to the filter that ends here, and to that filter with `/#` behind it. */
  here: SubscriberSet<T> | undefined
  below: SubscriberSet<T> | undefined
}

/**
 * Subscriptions by topic filter, asked for every message: which values were added under a filter that matches this
 * topic?
 *
 * Filters without a wildcard, which are most of a fleet's, are one hash table from the whole topic. Filters with one
 * are a trie by level, and a message walks it level by level with the set of nodes it has reached:
 *
 *     filters  dt/+/temp   dt/#   +/p1/temp          topic dt/p1/temp
 *     level 0  { root }             → { dt, + }      dt has #: visit
 *     level 1  { dt, + }            → { dt/+, +/p1 }
 *     level 2  { dt/+, +/p1 }       → { dt/+/temp, +/p1/temp }: visit both
 *
 * So each level of the topic is cut out once, whatever is subscribed, and no node is reached twice. The work is bounded
 * by the nodes whose path matches a beginning of the topic: at most 2^levels, and never more than the trie has.
 *
 * Values are told apart as a `Set` does it. Filters are taken as valid; of a shared subscription add the filter inside.
 */
export class TopicFilterTrie<T> {
  readonly #hashMatchesParent: boolean
  readonly #exact = new Map<string, SubscriberSet<T>>()
  readonly #root: Node<T> = newNode()
  #size = 0
  /** The buffers of the walk, lent to one match at a time: a visitor may ask for another match. */
  #reached: Node<T>[] | undefined = []
  #next: Node<T>[] | undefined = []

  constructor(options?: MatchOptions) {
    this.#hashMatchesParent = options?.hashMatchesParent ?? false
  }

  /** The number of pairs of filter and value. */
  get size(): number {
    return this.#size
  }

  /** Whether `value` is stored under exactly this filter. */
  has(filter: string, value: T): boolean {
    return this.#find(filter)?.has(value) ?? false
  }

  /** Stores `value` under `filter`. False if it was there already. */
  add(filter: string, value: T): boolean {
    const added = this.#findOrMake(filter).add(value)
    if (added) this.#size++
    return added
  }

  /** Takes `value` away from `filter`, and with it the nodes that served nothing else. False if it was not there. */
  remove(filter: string, value: T): boolean {
    const subscribers = this.#find(filter)
    if (!subscribers?.delete(value)) return false
    this.#size--
    if (subscribers.size === 0) this.#prune(filter)
    return true
  }

  /**
   * Calls `visit` with every value whose filter matches `topic`: as often as it has matching filters, in no set order.
   * The visitor may add, remove and match.
   */
  match(topic: string, visit: (value: T) => void): void {
    this.#exact.get(topic)?.visit(visit)
    const root = this.#root
    if (!root.children && !root.plus && !root.below) return
    let reached = this.#reached ?? []
    let next = this.#next ?? []
    this.#reached = undefined
    this.#next = undefined
    try {
      reached.push(root)
      let wildcards = !topic.startsWith('$') // [MQTT-4.7.2-1], for the first level only
      for (let start = 0; reached.length > 0 && start <= topic.length; wildcards = true) {
        const slash = topic.indexOf('/', start)
        const end = slash < 0 ? topic.length : slash
        const level = topic.slice(start, end)
        for (const node of reached) {
          const child = node.children?.get(level)
          if (child) next.push(child)
          if (!wildcards) continue
          if (node.plus) next.push(node.plus)
          node.below?.visit(visit)
        }
        const left = reached
        reached = next
        next = left
        next.length = 0
        start = end + 1
      }
      for (const node of reached) {
        node.here?.visit(visit)
        if (this.#hashMatchesParent) node.below?.visit(visit)
      }
    } finally {
      reached.length = 0
      next.length = 0
      this.#reached = reached
      this.#next = next
    }
  }

  /** The values whose filters match `topic`, as {@link match} visits them. */
  matching(topic: string): T[] {
    const values: T[] = []
    this.match(topic, (value) => values.push(value))
    return values
  }

  /** Forgets everything. */
  clear(): void {
    this.#exact.clear()
    Object.assign(this.#root, newNode<T>())
    this.#size = 0
  }

  #find(filter: string): SubscriberSet<T> | undefined {
    if (!hasWildcard(filter)) return this.#exact.get(filter)
    let node: Node<T> | undefined = this.#root
    for (const level of filter.split('/')) {
      if (level === '#') return node?.below
      node = level === '+' ? node?.plus : node?.children?.get(level)
      if (!node) return undefined
    }
    return node.here
  }

  #findOrMake(filter: string): SubscriberSet<T> {
    if (!hasWildcard(filter)) return getOrMake(this.#exact, filter, newSubscriberSet<T>)
    let node = this.#root
    for (const level of filter.split('/')) {
      if (level === '#') {
        node.below ??= new SubscriberSet()
        return node.below
      }
      if (level === '+') {
        node.plus ??= newNode()
        node = node.plus
      } else {
        node.children ??= new Map()
        node = getOrMake(node.children, level, newNode<T>)
      }
    }
    node.here ??= new SubscriberSet()
    return node.here
  }

  #prune(filter: string): void {
    if (!hasWildcard(filter)) {
      this.#exact.delete(filter)
      return
    }
    const levels = filter.split('/')
    const path = [this.#root]
    for (const level of levels) {
      const node = path.at(-1)
      const child = level === '+' ? node?.plus : level === '#' ? undefined : node?.children?.get(level)
      if (child) path.push(child)
    }
    const last = path.at(-1)
    if (levels.at(-1) === '#') {
      if (last) last.below = undefined
    } else if (last) last.here = undefined
    for (let depth = path.length - 1; depth > 0; depth--) {
      const node = path[depth]
      const parent = path[depth - 1]
      const level = levels[depth - 1]
      if (!node || !parent || level === undefined || isUsed(node)) return
      if (level === '+') parent.plus = undefined
      else parent.children?.delete(level)
      if (parent.children?.size === 0) parent.children = undefined
    }
  }
}

function newNode<T>(): Node<T> {
  return { children: undefined, plus: undefined, here: undefined, below: undefined }
}

function newSubscriberSet<T>(): SubscriberSet<T> {
  return new SubscriberSet()
}

function isUsed<T>(node: Node<T>): boolean {
  return node.children !== undefined || node.plus !== undefined || node.here !== undefined || node.below !== undefined
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
