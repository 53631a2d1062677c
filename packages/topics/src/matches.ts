/** How wildcards are read. */
export interface MatchOptions {
  /**
   * Whether `a/#` also matches `a`, as MQTT 5.0 §4.7.1.2 has it. AWS IoT Core says it does not, and that is the
   * default here. Source: AWS IoT developer guide, "MQTT topics".
   */
  readonly hashMatchesParent?: boolean
}

const SLASH = 0x2f
const PLUS = 0x2b
const HASH = 0x23
const DOLLAR = 0x24

/**
 * Whether a message published to `topic` reaches a subscription to `filter`. Both are taken as valid; of a shared
 * subscription pass the filter inside. Runs in one pass over both strings and allocates nothing.
 *
 * A filter that begins with a wildcard does not match a topic that begins with `$` [MQTT-4.7.2-1].
 */
export function matches(filter: string, topic: string, options?: MatchOptions): boolean {
  let at = 0 // in the topic; the loop below walks the filter, one level a turn
  const first = filter.charCodeAt(0)
  if ((first === PLUS || first === HASH) && topic.charCodeAt(0) === DOLLAR) return false
  for (let index = 0; ; ) {
    const unit = filter.charCodeAt(index)
    if (unit === HASH) return true
    if (unit === PLUS) {
      index++
      while (at < topic.length && topic.charCodeAt(at) !== SLASH) at++
    } else {
      while (index < filter.length && filter.charCodeAt(index) !== SLASH) {
        if (filter.charCodeAt(index) !== topic.charCodeAt(at)) return false
        index++
        at++
      }
    }
    const filterEnds = index >= filter.length
    if (at >= topic.length) return filterEnds || (options?.hashMatchesParent === true && filter.startsWith('/#', index))
    if (filterEnds || topic.charCodeAt(at) !== SLASH) return false
    index++
    at++
  }
}
