import { BASIC_INGEST_PREFIX } from './basic-ingest.ts'
import type { ReservedTopic } from './reserved-topic.ts'
import type { Access, ReservedTopicRow } from './reserved-topic-row.ts'
import { RESERVED_TOPICS } from './reserved-topic-table.ts'
import { sharedFilterStart, validateSharePrefix } from './shared-subscription.ts'

interface Node {
  readonly literals: Map<string, Node>
  readonly parameters: { readonly prefix: string; readonly name: string; readonly node: Node }[]
  row: ReservedTopicRow | undefined
  /** Whether a topic that clients may subscribe to lies one or more levels below. */
  subscribableBelow: boolean
}

/** Whether a topic or filter begins with `$`, which AWS IoT keeps for itself. */
export function isReservedTopic(topic: string): boolean {
  return topic.startsWith('$')
}

/**
 * What a topic that begins with `$` is for; `undefined` for one that does not. Where a literal level could also be a
 * name, the literal wins as long as the rest fits: a job called `get` still has its `jobs/get/update`.
 */
export function parseReservedTopic(topic: string): ReservedTopic | undefined {
  if (!isReservedTopic(topic)) return undefined
  if (topic.startsWith(BASIC_INGEST_PREFIX)) return parseBasicIngest(topic)
  const parameters = new Map<string, string>()
  const row = find(TREE, topic.split('/'), 0, parameters)
  return row ? row.make(parameters) : { kind: 'unknown', topic }
}

/** Whether AWS IoT lets clients publish to this topic, as far as it is reserved; policies have their own say. */
export function mayPublish(topic: string): boolean {
  if (!isReservedTopic(topic)) return true
  if (topic.startsWith(BASIC_INGEST_PREFIX)) return parseBasicIngest(topic).kind === 'rule'
  const access = accessTo(topic)
  return access === 'publish' || access === 'both'
}

/**
 * Whether AWS IoT lets clients subscribe to this filter, as far as it is reserved. A filter with wildcards may be
 * subscribed to if it matches at least one topic that may be. Of a shared subscription the filter inside counts.
 */
export function maySubscribe(filter: string): boolean {
  if (validateSharePrefix(filter)) return false
  const inner = filter.slice(sharedFilterStart(filter))
  return !isReservedTopic(inner) || reachesSubscribable(TREE, inner.split('/'), 0)
}

function parseBasicIngest(topic: string): ReservedTopic {
  const slash = topic.indexOf('/', BASIC_INGEST_PREFIX.length)
  const ruleName = topic.slice(BASIC_INGEST_PREFIX.length, slash < 0 ? undefined : slash)
  if (ruleName === '') return { kind: 'unknown', topic }
  return { kind: 'rule', ruleName, topic: slash < 0 ? '' : topic.slice(slash + 1) }
}

function accessTo(topic: string): Access | undefined {
  return find(TREE, topic.split('/'), 0, new Map())?.access
}

function find(
  node: Node,
  levels: readonly string[],
  depth: number,
  parameters: Map<string, string>,
): ReservedTopicRow | undefined {
  const level = levels[depth]
  if (level === undefined) return node.row
  const literal = node.literals.get(level)
  const found = literal && find(literal, levels, depth + 1, parameters)
  if (found) return found
  for (const parameter of node.parameters) {
    if (level.length <= parameter.prefix.length || !level.startsWith(parameter.prefix)) continue
    const row = find(parameter.node, levels, depth + 1, parameters)
    if (!row) continue
    parameters.set(parameter.name, level.slice(parameter.prefix.length))
    return row
  }
  return undefined
}

function reachesSubscribable(node: Node, levels: readonly string[], depth: number): boolean {
  const level = levels[depth]
  if (level === undefined) return node.row !== undefined && node.row.access !== 'publish'
  if (level === '#') return node.subscribableBelow
  for (const [text, child] of node.literals) {
    if ((level === '+' || level === text) && reachesSubscribable(child, levels, depth + 1)) return true
  }
  return node.parameters.some(
    ({ prefix, node: child }) =>
      (level === '+' || (level.length > prefix.length && level.startsWith(prefix))) &&
      reachesSubscribable(child, levels, depth + 1),
  )
}

function newNode(): Node {
  return { literals: new Map(), parameters: [], row: undefined, subscribableBelow: false }
}

function buildTree(rows: readonly ReservedTopicRow[]): Node {
  const root = newNode()
  for (const row of rows) {
    let node = root
    for (const level of row.pattern.split('/')) {
      if (row.access !== 'publish') node.subscribableBelow = true
      node = childFor(node, level)
    }
    node.row = row
  }
  return root
}

function childFor(node: Node, level: string): Node {
  const brace = level.indexOf('{')
  if (brace < 0) {
    const child = node.literals.get(level) ?? newNode()
    node.literals.set(level, child)
    return child
  }
  const prefix = level.slice(0, brace)
  const name = level.slice(brace + 1, -1)
  const known = node.parameters.find((parameter) => parameter.prefix === prefix && parameter.name === name)
  if (known) return known.node
  const child = newNode()
  node.parameters.push({ prefix, name, node: child })
  return child
}

const TREE = buildTree(RESERVED_TOPICS)
