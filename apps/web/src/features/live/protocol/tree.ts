import type { BinaryEncoding } from '../../../shared/decode/binary.ts'

export type TreeSort = 'name' | 'count' | 'rate' | 'lastAt'

export interface TreeRequest {
  readonly stream: string
  /** Paths of levels that are open, e.g. `dt` and `dt/hall-2`. `*` opens all. */
  readonly expanded: readonly string[]
  /** Only topics that contain the text (any case) or match `topic:FILTER`, with their parents, all opened. Empty: all. */
  readonly filterText: string
  readonly sort: TreeSort
  /** Index of the first row wanted. */
  readonly from: number
  readonly count: number
  /** Answer only once there is something newer than this. */
  readonly knownRevision?: number
}

/** One level of the topic tree: a topic, a beginning of topics, or both. */
export interface TreeRow {
  /** Levels from the root with `/` between; the empty level of `a//b` is there too. */
  readonly path: string
  /** The last level's own text. */
  readonly name: string
  /** 0 for the first level. */
  readonly depth: number
  readonly isExpanded: boolean
  /** Levels directly below. */
  readonly children: number
  /** Topics at and below this level. */
  readonly topics: number
  /** Messages at and below since the stream began or was cleared, and those at exactly this topic. */
  readonly count: number
  readonly ownCount: number
  readonly bytes: number
  /** Messages per second at and below, over the last ten seconds. */
  readonly perSecond: number
  /** Messages in each of the last thirty spans of two seconds, oldest first. */
  readonly history: readonly number[]
  /** When the newest message at or below came. */
  readonly lastAtMs: number
  /** Of exactly this topic: its newest message's preview, and its sequence while it is kept. */
  readonly lastPreview?: string
  readonly lastIsText?: boolean
  /** What the preview was decoded from, where the payload is no text. */
  readonly lastEncoding?: BinaryEncoding
  readonly lastSequence?: number
  /** The broker sent its retained message. */
  readonly retained: boolean
}

export interface TreeView {
  readonly revision: number
  /** Rows in all, as it is expanded and filtered now. */
  readonly total: number
  readonly from: number
  readonly rows: readonly TreeRow[]
  /** Topics in the tree, and how many of them pass the filter. */
  readonly topics: number
  readonly topicsShown: number
  /** Messages on topics for which the tree had no room any more: they are in the list, not here. */
  readonly outside: number
  readonly maxTopics: number
}

/**
 * The order by count, rate and time is set anew once a second, not with each message, so that rows can be read and hit.
 */
export type TreeProcedures = {
  /** Undefined when a later request for the same stream took its place, or the stream was closed. */
  readonly 'live.tree': (request: TreeRequest) => Promise<TreeView | undefined>
  /** Index that the row of a path has now; undefined when it is not among the rows. */
  readonly 'live.treeIndex': (
    request: Omit<TreeRequest, 'from' | 'count' | 'knownRevision'> & {
      readonly path: string
    },
  ) => number | undefined
}
