import { matches, validateTopicFilter } from '@thingdeck/topics'
import type { TreeRequest, TreeSort } from '../../protocol/tree.ts'
import type { TopicTree } from './topic-tree.ts'

type Layout = Pick<TreeRequest, 'expanded' | 'filterText' | 'sort'>

/** An order by figures that change is kept this long, so that rows hold still. */
const REORDER_MS = 1_000
/** Laying out takes at most this part of the time, however fast topics come. */
const SHARE = 20

const ROOT = 0

/** Which nodes of a tree are rows, in which order: laid out anew only when it must be. */
export class TreeOrder {
  readonly #tree: TopicTree
  readonly #stopwatch: () => number
  #key = ''
  #structure = -1
  #laidOutAtMs = Number.NEGATIVE_INFINITY
  #tookMs = 0
  #rows: number[] = []
  #topicsShown = 0
  #expanded = new Set<string>()
  #isAllOpen = false
  /** Whether each node's own topic passes the filter, as far as asked: a node's path never changes. */
  #passing: boolean[] = []
  #passes: (path: string) => boolean = () => true
  #filterText = ''
  #byName = new Map<number, readonly number[]>()

  constructor(tree: TopicTree, stopwatch: () => number) {
    this.#tree = tree
    this.#stopwatch = stopwatch
  }

  /** The rows' nodes from the top, as of now or a moment ago. */
  rows(layout: Layout, rateOf: (node: number) => number): readonly number[] {
    const nowMs = this.#stopwatch()
    const key = `${layout.sort}\n${layout.filterText}\n${layout.expanded.join('\n')}`
    const ageMs = nowMs - this.#laidOutAtMs
    const isOther = key !== this.#key
    const hasGrown = this.#structure !== this.#tree.structure && ageMs >= this.#tookMs * SHARE
    const isOld = layout.sort !== 'name' && ageMs >= Math.max(REORDER_MS, this.#tookMs * SHARE)
    if (isOther || hasGrown || isOld) {
      this.#key = key
      this.#layOut(layout, rateOf)
      this.#laidOutAtMs = this.#stopwatch()
      this.#tookMs = this.#laidOutAtMs - nowMs
    }
    return this.#rows
  }

  /** Topics that pass the filter. */
  get topicsShown(): number {
    return this.#topicsShown
  }

  isExpanded(node: number): boolean {
    return this.#isAllOpen || this.#expanded.has(this.#tree.pathOf(node))
  }

  #layOut({ expanded, filterText, sort }: Layout, rateOf: (node: number) => number): void {
    const tree = this.#tree
    this.#structure = tree.structure
    this.#setFilter(filterText.trim())
    this.#isAllOpen = expanded.includes('*') || this.#filterText !== ''
    this.#expanded = new Set(expanded)
    const visible = this.#visible()
    this.#rows = []
    const open = this.#isAllOpen ? undefined : this.#openNodes()
    const walk = (node: number) => {
      for (const child of this.#sorted(node, sort, rateOf)) {
        if (visible && !visible[child]) continue
        this.#rows.push(child)
        if ((!open || open.has(child)) && tree.childrenOf(child)) walk(child)
      }
    }
    walk(ROOT)
  }

  #setFilter(text: string): void {
    if (text === this.#filterText) return
    this.#filterText = text
    this.#passing = []
    const filter = /^topic:(.*)$/.exec(text)?.[1]
    const needle = text.toLowerCase()
    if (filter === undefined) this.#passes = (path) => path.toLowerCase().includes(needle)
    else if (validateTopicFilter(filter)) this.#passes = () => false
    else this.#passes = (path) => matches(filter, path)
  }

  /** Nodes that pass or lead to one that does: a parent's number is smaller, so one way back through them is enough. */
  #visible(): Uint8Array | undefined {
    const tree = this.#tree
    if (this.#filterText === '') {
      this.#topicsShown = tree.topics
      return undefined
    }
    const visible = new Uint8Array(tree.size)
    this.#topicsShown = 0
    for (let node = tree.size - 1; node > ROOT; node--) {
      if (tree.isTopic(node)) {
        this.#passing[node] ??= this.#passes(tree.pathOf(node))
        if (this.#passing[node]) {
          visible[node] = 1
          this.#topicsShown += 1
        }
      }
      if (visible[node]) visible[tree.parentOf(node)] = 1
    }
    return visible
  }

  #openNodes(): ReadonlySet<number> {
    const open = new Set<number>()
    for (const path of this.#expanded) {
      let node: number | undefined = ROOT
      for (const level of path.split('/')) node = node === undefined ? node : this.#tree.childrenOf(node)?.get(level)
      if (node !== undefined) open.add(node)
    }
    return open
  }

  #sorted(node: number, sort: TreeSort, rateOf: (node: number) => number): readonly number[] {
    const tree = this.#tree
    const children = tree.childrenOf(node)
    if (!children) return []
    if (sort !== 'name') {
      const figureOf =
        sort === 'count'
          ? (each: number) => tree.countOf(each)
          : sort === 'rate'
            ? rateOf
            : (each: number) => tree.lastAtMsOf(each)
      const figures = new Map(Array.from(children.values(), (child) => [child, figureOf(child)]))
      return [...figures.keys()].sort((a, b) => (figures.get(b) ?? 0) - (figures.get(a) ?? 0) || a - b)
    }
    const known = this.#byName.get(node)
    if (known?.length === children.size) return known
    const sorted = [...children].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, child]) => child)
    this.#byName.set(node, sorted)
    return sorted
  }
}
