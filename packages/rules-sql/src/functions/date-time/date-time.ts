import { toIndex, toText } from '../../convert.ts'
import { RuleFailure } from '../../rule-failure.ts'
import type { ArgumentFault, FunctionContext, KnownArguments, RuleFunction } from '../../rule-function.ts'
import type { Value } from '../../value.ts'
import { define } from '../define.ts'
import { textOf } from '../text-arguments.ts'
import { TimeFormat } from './format-time.ts'
import { keep } from './keep.ts'
import { TimeParser } from './parse-time.ts'
import { DatePatternError } from './pattern-tokens.ts'
import { TimeZone } from './time-zone.ts'

/** Furthest from the epoch, in milliseconds: 275,760 years. Source: ECMA-262 §21.4.1.1. */
const MAX_TIME_MS = 8.64e15

/** What a time costs to write or to read, in steps, and to find out what a zone's offset was then. */
const STEPS = 20
const STEPS_OF_AN_OFFSET = 80

/** The patterns of a rule, and some that come with messages. */
const MAX_KEPT = 50

/**
 * `parse_time` writes a time, `time_to_epoch` reads one. The result is Undefined for what is no pattern, no time or no
 * zone.
 * Source: AWS IoT developer guide, "parse_time(String, Long[, String])" with the patterns of Joda-Time, and
 * "time_to_epoch(String, String)" with those of java.time in JDK 11.
 */
export const DATE_TIME_FUNCTIONS: readonly RuleFunction[] = [
  define('parse_time', [2, 3], parseTime, { since: '2016-03-23', findFault: findFormatFault }),
  define('time_to_epoch', 2, timeToEpoch, { since: '2016-03-23', findFault: findParserFault }),
]

const formats = new Map<string, TimeFormat | DatePatternError>()
const parsers = new Map<string, TimeParser | DatePatternError>()

function parseTime(args: readonly Value[], context: FunctionContext): Value {
  const pattern = textOf(args[0], context)
  const epochMs = toIndex(args[1], context.numbers)
  const id = args.length > 2 ? textOf(args[2], context) : 'UTC'
  if (pattern === undefined || id === undefined || epochMs === undefined) return undefined
  context.spend(STEPS)
  const zone = TimeZone.of(id)
  if (zone === undefined || Math.abs(epochMs) >= MAX_TIME_MS) return undefined
  if (!zone.isKnown(epochMs)) context.spend(STEPS_OF_AN_OFFSET)
  return usable(formatOf(pattern), 'parse_time')?.format(epochMs, zone)
}

function timeToEpoch([time, pattern]: readonly Value[], context: FunctionContext): Value {
  const text = textOf(time, context)
  const form = textOf(pattern, context)
  if (text === undefined || form === undefined) return undefined
  context.spend(STEPS)
  return usable(parserOf(form), 'time_to_epoch')?.parse(text)
}

function formatOf(pattern: string): TimeFormat | DatePatternError {
  return madeOf(formats, pattern, () => new TimeFormat(pattern))
}

function parserOf(pattern: string): TimeParser | DatePatternError {
  return madeOf(parsers, pattern, () => new TimeParser(pattern))
}

/** What was made of a pattern before: most messages bring the same. */
function madeOf<T>(kept: Map<string, T | DatePatternError>, pattern: string, make: () => T): T | DatePatternError {
  let made = kept.get(pattern)
  if (made !== undefined) return made
  try {
    made = make()
  } catch (error) {
    if (!(error instanceof DatePatternError)) throw error
    made = error
  }
  keep(kept, pattern, made, MAX_KEPT)
  return made
}

function usable<T extends object>(made: T | DatePatternError, name: string): T | undefined {
  if (!(made instanceof DatePatternError)) return made
  if (made.code === 'INVALID') return undefined
  throw new RuleFailure('FUNCTION_FAILED', `${name}: ${made.message}`, { function: name, cause: made })
}

function findFormatFault([pattern, , zone]: KnownArguments): ArgumentFault | undefined {
  const id = zone && toText(zone.value)
  if (id !== undefined && TimeZone.of(id) === undefined)
    return {
      argument: 2,
      message: `${id} is no time zone; they are named as Europe/Berlin or +01:00`,
      severity: 'undefined',
    }
  return patternFault(pattern && toText(pattern.value), 0, formatOf)
}

function findParserFault([time, pattern]: KnownArguments): ArgumentFault | undefined {
  const form = pattern && toText(pattern.value)
  const text = time && toText(time.value)
  const fault = patternFault(form, 1, parserOf)
  if (
    fault ||
    form === undefined ||
    text === undefined ||
    usable(parserOf(form), 'time_to_epoch')?.parse(text) !== undefined
  )
    return fault
  return { argument: 0, message: `'${text.slice(0, 100)}' is no time as ${form} has it`, severity: 'undefined' }
}

function patternFault(
  pattern: string | undefined,
  argument: number,
  make: (pattern: string) => object,
): ArgumentFault | undefined {
  const made = pattern === undefined ? undefined : make(pattern)
  if (!(made instanceof DatePatternError)) return undefined
  return { argument, message: made.message, severity: made.code === 'INVALID' ? 'undefined' : 'refused' }
}
