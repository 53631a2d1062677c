import type { TreeRequest, TreeRow, TreeView } from '../../protocol/tree.ts'
import type { MessageRing } from '../ring/message-ring.ts'
import type { Turns } from '../turns.ts'
import type { TopicTree } from './topic-tree.ts'
import { TreeOrder } from './tree-order.ts'

/** What the page sees of a topic tree: the rows of a window, with their figures of now. */
export class TreeWindow {
  readonly #tree: TopicTree
  readonly #ring: MessageRing
  readonly #order: TreeOrder

  constructor(tree: TopicTree, ring: MessageRing, turns: Turns) {
    this.#tree = tree
    this.#ring = ring
    this.#order = new TreeOrder(tree, () => turns.nowMs())
  }

  view(request: TreeRequest, revision: number, nowMs: number, sinceMs: number): TreeView {
    const tree = this.#tree
    const nodes = this.#order.rows(request, (node) => tree.perSecondOf(node, nowMs, sinceMs))
    const from = Math.max(0, Math.min(request.from, nodes.length))
    return {
      revision,
      total: nodes.length,
      from,
      rows: nodes.slice(from, from + request.count).map((node) => this.#row(node, nowMs, sinceMs)),
      topics: tree.topics,
      topicsShown: this.#order.topicsShown,
      outside: tree.outside,
      maxTopics: tree.maxTopics,
    }
  }

  indexOf(path: string, request: Omit<TreeRequest, 'from' | 'count'>, nowMs: number, sinceMs: number) {
    const tree = this.#tree
    const nodes = this.#order.rows(request, (node) => tree.perSecondOf(node, nowMs, sinceMs))
    const index = nodes.findIndex((node) => tree.pathOf(node) === path)
    return index < 0 ? undefined : index
  }

  #row(node: number, nowMs: number, sinceMs: number): TreeRow {
    const tree = this.#tree
    const path = tree.pathOf(node)
    const last = tree.lastValueOf(node)
    const lastSequence = tree.lastSequenceOf(node)
    return {
      path,
      name: tree.nameOf(node),
      depth: path.split('/').length - 1,
      isExpanded: tree.childrenOf(node) !== undefined && this.#order.isExpanded(node),
      children: tree.childrenOf(node)?.size ?? 0,
      topics: tree.topicsOf(node),
      count: tree.countOf(node),
      ownCount: tree.ownCountOf(node),
      bytes: tree.bytesOf(node),
      perSecond: tree.perSecondOf(node, nowMs, sinceMs),
      history: tree.historyOf(node, nowMs),
      lastAtMs: tree.lastAtMsOf(node),
      ...(last
        ? { lastPreview: last.preview, lastIsText: last.isText, ...(last.encoding && { lastEncoding: last.encoding }) }
        : {}),
      ...(tree.isTopic(node) && lastSequence >= this.#ring.first ? { lastSequence } : {}),
      retained: tree.isRetained(node),
    }
  }
}
