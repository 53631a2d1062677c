import { BASIC_INGEST_PREFIX } from './basic-ingest.ts'
import type { TopicProblem } from './topic-error.ts'

/** How long and how deep a topic name or topic filter may be. `Infinity` switches a limit off. */
export interface TopicLimits {
  /** UTF-8 bytes. */
  readonly maxBytes: number
  readonly maxSlashes: number
}

/** AWS IoT Core's limits. Source: AWS General Reference, "AWS IoT Core message broker quotas". */
export const AWS_TOPIC_LIMITS: TopicLimits = { maxBytes: 256, maxSlashes: 7 }

/** What MQTT itself allows: a string's length is sent in two bytes. MQTT 5.0 §1.5.4. */
export const MQTT_TOPIC_LIMITS: TopicLimits = { maxBytes: 65_535, maxSlashes: Number.POSITIVE_INFINITY }

const COMMANDS = '$aws/commands/'

/**
 * The length of the prefix that AWS counts toward neither limit: `$aws/rules/NAME/` of Basic Ingest (AWS General
 * Reference), and `$aws/commands/`, because `$aws/commands/things/T/executions/E/response/accepted/json`, which the
 * guide tells devices to subscribe to, has eight slashes.
 */
export function uncountedPrefixLength(text: string): number {
  if (text.startsWith(BASIC_INGEST_PREFIX)) return text.indexOf('/', BASIC_INGEST_PREFIX.length) + 1 // 0 without a topic behind it
  return text.startsWith(COMMANDS) ? COMMANDS.length : 0
}

const SLASH = 0x2f
const PLUS = 0x2b
const HASH = 0x23

/**
 * Checks what holds for names and filters alike, in one pass and without allocating: this runs for every publish.
 * So it counts the bytes of UTF-8 (RFC 3629 §3) on the way.
 * Limits count from index `countedFrom`; whatever stands before it is a prefix that AWS does not count.
 */
export function checkText(
  text: string,
  countedFrom: number,
  limits: TopicLimits,
  wildcards: 'allowed' | 'refused',
): TopicProblem | undefined {
  if (text === '') return { code: 'EMPTY', level: 0, message: 'A topic has at least one character' } // [MQTT-4.7.3-1]
  let bytes = 0
  let slashes = 0
  let level = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (index === countedFrom) {
      bytes = 0
      slashes = 0
    }
    if (unit === SLASH) {
      level++
      slashes++
      bytes++
    } else if (unit < 0x80) {
      bytes++
      if (unit === 0) return { code: 'NUL', level, message: 'A topic cannot contain U+0000' } // [MQTT-4.7.3-2]
      if ((unit === PLUS || unit === HASH) && wildcards === 'refused') {
        return { code: 'WILDCARD_IN_TOPIC', level, message: 'A topic name cannot contain + or #' } // [MQTT-4.7.1-1]
      }
    } else if (unit < 0x800) bytes += 2
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 3
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 4
      index++
    } else {
      return { code: 'LONE_SURROGATE', level, message: 'Half a surrogate pair cannot be sent as UTF-8' } // [MQTT-1.5.4-1]
    }
  }
  if (slashes > limits.maxSlashes) {
    return {
      code: 'TOO_MANY_SLASHES',
      level,
      message: `At most ${limits.maxSlashes} slashes are allowed, this has ${slashes}`,
    }
  }
  if (bytes > limits.maxBytes) {
    return {
      code: 'TOO_LONG',
      level,
      message: `At most ${limits.maxBytes} bytes of UTF-8 are allowed, this has ${bytes}`,
    }
  }
  return undefined
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

/** False for the `NaN` past the end of a string. */
function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
