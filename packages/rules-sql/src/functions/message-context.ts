import { toIndex } from '../convert.ts'
import type { RuleFunction } from '../rule-function.ts'
import { defineVarying } from './define.ts'

/**
 * Functions of the message, who sent it, the rule, the time and chance. Source: AWS IoT developer guide, "Functions".
 */
export const MESSAGE_CONTEXT_FUNCTIONS: readonly RuleFunction[] = [
  defineVarying('accountid', 0, (_, { environment }) => environment.accountId),
  defineVarying('clientid', 0, (_, { message }) => message.clientId ?? 'n/a'),
  defineVarying('newuuid', 0, (_, { environment }) => environment.randomUuid()),
  defineVarying('principal', 0, (_, { message }) => message.principal),
  defineVarying('rand', 0, (_, { environment, numbers }) => numbers.fromDouble(environment.random())),
  defineVarying('sourceip', 0, (_, { message }) => message.sourceIp, { since: '2016-03-23' }),
  defineVarying('sql_version', 0, (_, { sqlVersion }) => sqlVersion),
  defineVarying('timestamp', 0, (_, { message }) => message.timestampMs),
  defineVarying('topic', [0, 1], (args, { message, numbers }) => {
    if (args.length === 0) return message.topic
    const level = toIndex(args[0], numbers)
    return level === undefined ? undefined : levelOf(message.topic, level)
  }),
  defineVarying('traceid', 0, (_, { message }) => message.traceId),
]

/** A level of a topic, counted from 1; undefined where it has none of that number. */
function levelOf(topic: string, level: number): string | undefined {
  if (level < 1) return undefined
  let start = 0
  for (let before = 1; before < level; before += 1) {
    const slash = topic.indexOf('/', start)
    if (slash < 0) return undefined
    start = slash + 1
  }
  const end = topic.indexOf('/', start)
  return end < 0 ? topic.slice(start) : topic.slice(start, end)
}
