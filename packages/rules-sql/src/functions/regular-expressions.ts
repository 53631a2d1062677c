import { toText } from '../convert.ts'
import { SQL_LIMITS } from '../limits.ts'
import { RuleFailure } from '../rule-failure.ts'
import type { ArgumentFault, FunctionContext, KnownArguments, PureFunction, RuleFunction } from '../rule-function.ts'
import type { Value } from '../value.ts'
import { define } from './define.ts'
import { Regex } from './regex/regex.ts'
import { RegexError } from './regex/regex-error.ts'
import { textsOf } from './text-arguments.ts'

/** What it costs to read any pattern, and one that turns out to be too large. */
const STEPS_OF_A_PATTERN = 5
const STEPS_OF_A_LARGE_PATTERN = 2000

/** Characters of a replacement that are read in a step. */
const REPLACEMENT_A_STEP = 20

type Search = (regex: Regex, text: string, rest: readonly string[], spend: FunctionContext['spend']) => Value

/**
 * Functions of regular expressions, which have Java's syntax: see {@link Regex}. All arguments are converted to String;
 * of Null and Undefined, and with what is no regular expression, the result is Undefined. What Java has and cannot be
 * searched for in linear time ends the rule, and is refused beforehand where it is written in it.
 * Source: AWS IoT developer guide, "regexp_matches(String, String)" and those after it.
 */
export const REGULAR_EXPRESSION_FUNCTIONS: readonly RuleFunction[] = [
  ofRegex('regexp_matches', 2, (regex, text, _, spend) => regex.matches(text, spend)),
  ofRegex('regexp_replace', 3, (regex, text, [replacement = ''], spend) => {
    spend(Math.floor(replacement.length / REPLACEMENT_A_STEP))
    return regex.replaceAll(text, regex.parseReplacement(replacement), SQL_LIMITS.valueLength, spend)
  }),
  // Nothing found has no text: the guide does not say what it gives.
  ofRegex('regexp_substr', 2, (regex, text, _, spend) => regex.first(text, spend)),
]

function ofRegex(name: string, count: 2 | 3, search: Search): RuleFunction {
  const run = (make: (pattern: string, context: FunctionContext) => Regex): PureFunction['call'] => {
    return (values, context) => {
      const texts = textsOf(values, context)
      if (texts === undefined) return undefined
      const [text = '', pattern = '', ...rest] = texts
      try {
        return search(make(pattern, context), text, rest, context.spend.bind(context))
      } catch (error) {
        if (error instanceof RegexError) return resultOf(error, name)
        throw error
      }
    }
  }
  return define(name, count, run(makeCounted), {
    prepare: (known) => {
      const text = known[1] && toText(known[1].value)
      if (text === undefined) return undefined
      const regex = attempt(text)
      return run(() => {
        if (regex instanceof Regex) return regex
        throw regex
      })
    },
    findFault: findPatternFault,
  })
}

/** For a pattern that comes with a message, which is made each time. */
function makeCounted(pattern: string, context: FunctionContext): Regex {
  context.spend(STEPS_OF_A_PATTERN + Math.ceil(pattern.length / 10))
  const regex = attempt(pattern)
  if (regex instanceof Regex) {
    context.spend(Math.ceil(regex.size / 10))
    return regex
  }
  if (regex.code === 'TOO_LARGE') context.spend(STEPS_OF_A_LARGE_PATTERN)
  throw regex
}

function resultOf(error: RegexError, name: string): undefined {
  if (error.code === 'INVALID') return undefined
  const code = error.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'FUNCTION_FAILED'
  throw new RuleFailure(code, `${name}: ${error.message}`, { function: name, cause: error })
}

function attempt(pattern: string): Regex | RegexError {
  try {
    return new Regex(pattern)
  } catch (error) {
    if (error instanceof RegexError) return error
    throw error
  }
}

function findPatternFault(known: KnownArguments): ArgumentFault | undefined {
  const pattern = known[1] && toText(known[1].value)
  if (pattern === undefined) return undefined
  const regex = attempt(pattern)
  if (regex instanceof RegexError) return faultOf(regex, 1)
  const replacement = known[2] && toText(known[2].value)
  if (replacement === undefined) return undefined
  try {
    regex.parseReplacement(replacement)
  } catch (error) {
    if (error instanceof RegexError) return faultOf(error, 2)
    throw error
  }
  return undefined
}

function faultOf(error: RegexError, argument: number): ArgumentFault {
  const place = error.index === 0 ? '' : ` (at character ${error.index + 1})`
  return { argument, message: `${error.message}${place}`, severity: error.code === 'INVALID' ? 'undefined' : 'refused' }
}
