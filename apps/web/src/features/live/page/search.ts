import { choiceParam, defined, integerParam, listParam, textParam } from '../../../shared/search-params.ts'

export const LIVE_VIEWS = ['list', 'tree', 'charts'] as const
export type LiveViewName = (typeof LIVE_VIEWS)[number]

const DETAIL_FORMS = ['tree', 'text', 'hex', 'base64', 'cbor', 'msgpack', 'protobuf', 'diff', 'properties'] as const
export type DetailForm = (typeof DETAIL_FORMS)[number]

const TREE_SORTS = ['name', 'count', 'rate', 'lastAt'] as const

/**
 * Everything that a look at a stream consists of, so that a link shows the same:
 * `?s=1:dt/%23&s=0m:cmd/%23&q=alarm&view=charts&pin=1:dt/a%23$.x`.
 */
export interface LiveSearch {
  /** Subscriptions, see `formatSubscriptions`. */
  readonly s?: readonly string[]
  /** The filter field. */
  readonly q?: string
  /** Left out: the list. */
  readonly view?: LiveViewName
  /** How the message that is looked at is shown. Left out: as what it is. */
  readonly form?: DetailForm
  /** Levels of the topic tree that are open. */
  readonly open?: readonly string[]
  /** The topic tree's own filter. */
  readonly find?: string
  readonly sort?: (typeof TREE_SORTS)[number]
  /** Pinned paths, see `formatPins`. */
  readonly pin?: readonly string[]
  /** What the charts show, in seconds. */
  readonly span?: number
  /** Whether the publish drawer is open: `1`. */
  readonly publish?: '1'
  /** A recording that is open instead of the live stream: its stream's name. */
  readonly recording?: string
}

export function validateLiveSearch(raw: Record<string, unknown>): LiveSearch {
  return defined({
    s: listParam(raw.s),
    q: textParam(raw.q),
    view: choiceParam(raw.view, LIVE_VIEWS),
    form: choiceParam(raw.form, DETAIL_FORMS),
    open: listParam(raw.open),
    find: textParam(raw.find),
    sort: choiceParam(raw.sort, TREE_SORTS),
    pin: listParam(raw.pin),
    span: integerParam(raw.span, 10),
    publish: choiceParam(raw.publish, ['1']),
    recording: textParam(raw.recording),
  })
}
