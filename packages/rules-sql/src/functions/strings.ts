import { utf8ByteLength } from '@thingdeck/json'
import { toIndex } from '../convert.ts'
import type { FunctionContext, RuleFunction } from '../rule-function.ts'
import { createArray, isArray, type Value } from '../value.ts'
import { define } from './define.ts'
import { checkLength, textOf, textsOf } from './text-arguments.ts'

/**
 * Functions of texts. What is no String is converted to one; of Null and Undefined, which have no text, the result is
 * Undefined. Characters are counted in UTF-16 units, as everywhere in Java, so that an emoji is two.
 * Source: AWS IoT developer guide, "Functions".
 */
export const STRING_FUNCTIONS: readonly RuleFunction[] = [
  define('chr', 1, ([value], { numbers }) => {
    const code = toIndex(value, numbers)
    return code !== undefined && code >= 0 && code <= 0x7f ? String.fromCharCode(code) : undefined
  }),
  define('concat', [0, Number.POSITIVE_INFINITY], concat),
  ofTexts('endswith', 2, ([text = '', end = '']) => text.endsWith(end)),
  // The guide does not say what is not found; -1 is what its language has.
  ofTexts('indexof', 2, ([text = '', part = '']) => text.indexOf(part), '2016-03-23'),
  ofTexts('length', 1, ([text = '']) => text.length, '2016-03-23'),
  ofTexts('lower', 1, ([text = '']) => text.toLowerCase()),
  ofTexts('numbytes', 1, ([text = '']) => utf8ByteLength(text), '2016-03-23'),
  ofTexts('replace', 3, ([text = '', part = '', instead = ''], context) => {
    const parts = splitBy(text, part)
    checkLength(text.length + (parts.length - 1) * (instead.length - part.length), 'replace', context)
    return parts.join(instead)
  }),
  ofTexts('startswith', 2, ([text = '', start = '']) => text.startsWith(start)),
  define('substring', [2, 3], substring),
  ofTexts('upper', 1, ([text = ''], context) => {
    checkLength(text.length, 'upper', context)
    return text.toUpperCase()
  }),
]

function ofTexts(
  name: string,
  count: number,
  compute: (texts: readonly string[], context: FunctionContext) => Value,
  since?: '2016-03-23',
): RuleFunction {
  return define(
    name,
    count,
    (values, context) => {
      const texts = textsOf(values, context)
      return texts && compute(texts, context)
    },
    since && { since },
  )
}

/** An empty part is between all characters, before the first and after the last, as for Java's String.replace. */
function splitBy(text: string, part: string): readonly string[] {
  return part === '' ? ['', ...text.split(''), ''] : text.split(part)
}

/**
 * With an Array among them, one Array of all arguments, whose Arrays are spliced in; else, with a String among them,
 * one text. The guide names no result for two or more arguments that are neither; it is Undefined here.
 */
function concat(values: readonly Value[], context: FunctionContext): Value {
  if (values.length <= 1) return values[0]
  if (values.some(isArray)) {
    const items = values.flatMap((value) => (isArray(value) ? value : [value]))
    context.spend(Math.floor(items.length / 100))
    return createArray(items)
  }
  if (!values.some((value) => typeof value === 'string')) return undefined
  const texts = textsOf(values, context)
  if (texts === undefined) return undefined
  checkLength(
    texts.reduce((sum, text) => sum + text.length, 0),
    'concat',
    context,
  )
  return texts.join('')
}

/**
 * From the first index, inclusive, up to the second, exclusive. Fractions of indexes are cut off, as in the guide's
 * examples.
 */
function substring(values: readonly Value[], context: FunctionContext): Value {
  const text = textOf(values[0], context)
  const indexes = values.slice(1).map((value) => toIndex(value, context.numbers, 'trunc'))
  if (text === undefined || indexes.includes(undefined)) return undefined
  const [from = 0, to = text.length] = indexes
  return text.slice(Math.max(0, from), Math.max(0, to))
}
