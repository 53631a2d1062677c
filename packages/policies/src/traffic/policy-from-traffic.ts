import { toTopicName } from '../findings/topic-forms.ts'
import { patternCovers } from '../pattern-relations.ts'
import { arnPrefix, type PolicyHome } from '../policy-home.ts'
import { policyDocumentSize } from '../policy-size.ts'
import { escapePattern } from '../template.ts'
import { POLICY_ACTIONS } from '../vocabulary/policy-action.ts'
import { kindOf, type SeenRequest } from './seen-request.ts'

export interface PolicyFromTrafficOptions {
  readonly home: PolicyHome
  /**
   * From how many topics on, that differ in one level alone, that level becomes `*`. Undefined: never, and a topic that
   * was not seen is not allowed.
   */
  readonly generaliseFrom?: number | undefined
  /** Whether all topics of the shadows and jobs of the connection's own thing are one, once some of them were seen. */
  readonly isOwnReservedWhole?: boolean | undefined
}

/** A policy that was made from traffic, and why each of its lines is there. */
export interface PolicyFromTraffic {
  /** The document, laid out. */
  readonly text: string
  /** As AWS counts it, see `policyDocumentSize`: more than it takes is possible. */
  readonly size: number
  readonly lines: readonly PolicyLine[]
}

/** One resource of one action, and what it stands for. */
export interface PolicyLine {
  /** From 0. */
  readonly statementIndex: number
  readonly action: string
  /** As in the document. */
  readonly resource: string
  /** What was seen of it; none where it follows from another line, as a Receive does from a Subscribe. */
  readonly count: number
  readonly clientIds: readonly string[]
  /** A sentence or two. */
  readonly words: string
}

interface Draft {
  readonly action: string
  /** Without what is before it in the ARN. */
  readonly pattern: string
  readonly seen: readonly SeenRequest[]
  /** What was done to the subjects to make the pattern, in words. */
  readonly how: readonly string[]
}

const THING = '${iot:Connection.Thing.ThingName}'
const RECEIVE = 'iot:Receive'

/**
 * The smallest policy that allows what was seen, and evaluates to a yes for each of the requests. The name of a
 * connection's own thing becomes the variable that stands for it, so that one policy serves all things; nothing else is
 * widened unless `generaliseFrom` says so. What a client subscribed to it may receive.
 */
export function policyFromTraffic(
  requests: readonly SeenRequest[],
  options: PolicyFromTrafficOptions,
): PolicyFromTraffic {
  const { home, generaliseFrom, isOwnReservedWhole = false } = options
  const actions = [...new Set(requests.map(({ action }) => action))].toSorted(byTable)
  const own = actions
    .filter((action) => action !== RECEIVE)
    .flatMap((action) => {
      const drafts = draftsOf(
        requests.filter((request) => request.action === action),
        isOwnReservedWhole,
      )
      return generaliseFrom !== undefined && isOfTopics(action) ? generalised(drafts, generaliseFrom) : drafts
    })
  const drafts = [...own, ...receives(own, requests, options)]
  const groups = [...Map.groupBy(drafts, ({ action }) => action)].toSorted(([one], [other]) => byTable(one, other))
  const statements = groups.map(([action, all]) => {
    const resources = all.map((draft) => arnOf(draft, home)).toSorted()
    return { Effect: 'Allow', Action: action, Resource: resources.length === 1 ? resources[0] : resources }
  })
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)
  const lines = groups.flatMap(([, all], statementIndex) =>
    all
      .map((draft) => lineOf(draft, statementIndex, home))
      .toSorted((one, other) => (one.resource < other.resource ? -1 : 1)),
  )
  return { text, size: policyDocumentSize(text), lines }
}

const ORDER = POLICY_ACTIONS.map(({ name }) => name)
const byTable = (one: string, other: string): number => ORDER.indexOf(one) - ORDER.indexOf(other)
const isOfTopics = (action: string): boolean => kindOf(action) === 'topic' || kindOf(action) === 'topicfilter'

function arnOf({ action, pattern }: Draft, home: PolicyHome): string {
  const kind = kindOf(action)
  return kind === undefined ? '*' : `${arnPrefix(home)}${kind}/${pattern}`
}

/** One for each pattern; requests of several things meet in one where only the name of the thing differs. */
function draftsOf(requests: readonly SeenRequest[], isOwnReservedWhole: boolean): Draft[] {
  const meant = (request: SeenRequest) => {
    const pattern = patternOf(request)
    return isOwnReservedWhole && isOfTopics(request.action) ? pattern.replace(OWN_RESERVED, '$1*') : pattern
  }
  return [...Map.groupBy(requests, meant)].map(([pattern, seen]) => ({
    action: seen[0]?.action ?? '',
    pattern,
    seen,
    how: [
      ...(pattern.includes(THING) ? [`${THING} is the name of its thing`] : []),
      ...(isOwnReservedWhole && OWN_RESERVED.test(pattern) ? ['all of them as one'] : []),
    ],
  }))
}

/** Topics of the shadows and jobs of a connection's own thing. */
const OWN_RESERVED = /^(\$aws\/things\/\$\{iot:Connection\.Thing\.ThingName\}\/(?:shadow|jobs)\/).+$/

/** The subject, with the name of the connection's own thing as a variable. */
function patternOf({ subject, clientId, thing }: SeenRequest): string {
  const thingName = clientId === undefined ? undefined : thing?.thingName
  return subject
    .split('/')
    .map((level) => (level === thingName ? THING : escapePattern(level)))
    .join('/')
}

/** Levels in which many differ become `*`, one level after the other, from the last one on. */
function generalised(drafts: readonly Draft[], from: number): Draft[] {
  const deepest = Math.max(0, ...drafts.map(({ pattern }) => pattern.split('/').length))
  let current = [...drafts]
  for (let level = deepest - 1; level >= 0; level--) {
    const groups = Map.groupBy(current, ({ pattern }) => {
      const levels = pattern.split('/')
      const isFixed = levels[level] === undefined || levels[level] === THING || (level === 0 && pattern.startsWith('$'))
      return isFixed ? pattern : levels.with(level, '*').join('/')
    })
    current = [...groups].flatMap(([pattern, alike]) => {
      const [first] = alike
      if (!first || alike.length < Math.max(from, 2)) return alike
      const how = [
        ...new Set(alike.flatMap((each) => each.how)),
        `${alike.length} differed in level ${level + 1} alone`,
      ]
      return [{ action: first.action, pattern, seen: alike.flatMap(({ seen }) => seen), how }]
    })
  }
  return current.filter((each) => !current.some((other) => other !== each && isWider(other.pattern, each.pattern)))
}

const isWider = (one: string, other: string): boolean => patternCovers(one, other) && !patternCovers(other, one)

/** What subscriptions bring, and what else was received. */
function receives(
  own: readonly Draft[],
  requests: readonly SeenRequest[],
  { generaliseFrom, isOwnReservedWhole = false }: PolicyFromTrafficOptions,
): Draft[] {
  const filters = own.filter(({ action }) => action === 'iot:Subscribe')
  const received = requests.filter(({ action }) => action === RECEIVE)
  const brought = [...Map.groupBy(filters, ({ pattern }) => toTopicName(pattern))].map(([pattern, of]): Draft => {
    const seen = received.filter((request) => patternCovers(pattern, patternOf(request)))
    return {
      action: RECEIVE,
      pattern,
      seen,
      how: [`it is what ${of.map((each) => each.pattern).join(' and ')} brings`],
    }
  })
  const rest = draftsOf(
    received.filter((request) => !brought.some((each) => each.seen.includes(request))),
    isOwnReservedWhole,
  )
  const others = generaliseFrom === undefined ? rest : generalised(rest, generaliseFrom)
  const all = [...brought, ...others]
  return all.filter((each) => !all.some((other) => other !== each && isWider(other.pattern, each.pattern)))
}

function lineOf(draft: Draft, statementIndex: number, home: PolicyHome): PolicyLine {
  const { action, seen, how } = draft
  const count = seen.reduce((sum, each) => sum + each.count, 0)
  const clientIds = [...new Set(seen.flatMap(({ clientId }) => clientId ?? []))].toSorted()
  const times = count === 1 ? 'once' : `${count} times`
  const by =
    clientIds.length === 0
      ? ''
      : clientIds.length > 3
        ? ` by ${clientIds.length} clients`
        : ` by ${clientIds.join(', ')}`
  const sentences = [count === 0 ? 'Not seen' : `Seen ${times}${by}`, ...how]
  return { statementIndex, action, resource: arnOf(draft, home), count, clientIds, words: `${sentences.join('; ')}.` }
}
