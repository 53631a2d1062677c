import { ARN_COMPONENTS, splitArn, splitArnTemplate } from './arn.ts'
import { allowsVariables, type Comparison, type ConditionOperator } from './condition-operator.ts'
import { ipRangeContains, parseIpAddress, parseIpRange } from './ip-range.ts'
import { parseDecimal, parseTime } from './ordered-value.ts'
import { bindPattern, compilePattern, matchesPattern, type Pattern, patternOf } from './pattern.ts'
import type { ContextKey, PolicyContext } from './policy-context.ts'
import { parseTemplate } from './template.ts'

/** One value of a condition, compiled: does it fit a value of the request? */
export interface ConditionValue {
  /** `undefined` if a variable in it stands for nothing. */
  fits(actual: string, context: PolicyContext, onMissing?: (key: ContextKey) => void): boolean | undefined
}

/** Why a value does not suit its operator, in one sentence. */
export class ConditionValueError extends Error {
  override readonly name = 'ConditionValueError'
}

/**
 * @throws {ConditionValueError} where the operator cannot use the value.
 * @throws {TemplateError} where a variable in it is malformed.
 */
export function compileConditionValue(
  operator: ConditionOperator,
  text: string,
  languageHasVariables: boolean,
): ConditionValue {
  const variables = languageHasVariables && allowsVariables(operator.family)
  switch (operator.family) {
    case 'string':
      return textValue(compilePattern(text, { wildcards: false, variables }))
    case 'stringIgnoreCase':
      return foldedValue(compilePattern(text, { wildcards: false, variables }))
    case 'like':
      return textValue(compilePattern(text, { wildcards: true, variables }))
    case 'arn':
      return arnValue(text, variables)
    case 'bool':
      return boolValue(compilePattern(text, { wildcards: false, variables }))
    case 'numeric':
      return orderedValue(text, operator.comparison, parseDecimal, 'a number')
    case 'date':
      return orderedValue(text, operator.comparison, parseTime, 'a date such as 2030-01-31T00:00:00Z or epoch seconds')
    case 'binary':
      return { fits: (actual) => actual === text }
    case 'ip':
      return ipValue(text)
    case 'null':
      if (!isBool(text)) throw new ConditionValueError(`Null needs true or false, not ${JSON.stringify(text)}`)
      return { fits: (actual) => actual === text.toLowerCase() }
  }
}

function textValue(pattern: Pattern): ConditionValue {
  return { fits: (actual, context, onMissing) => matchesPattern(pattern, actual, context, onMissing) }
}

function foldedValue(pattern: Pattern): ConditionValue {
  return {
    fits(actual, context, onMissing) {
      const bound = bindPattern(pattern, context, onMissing)
      return bound && bound.kind === 'text' ? bound.text.toLowerCase() === actual.toLowerCase() : undefined
    },
  }
}

function boolValue(pattern: Pattern): ConditionValue {
  if (pattern.kind === 'text' && !isBool(pattern.text)) {
    throw new ConditionValueError(`Bool needs true or false, not ${JSON.stringify(pattern.text)}`)
  }
  return foldedValue(pattern)
}

function orderedValue(
  text: string,
  comparison: Comparison,
  parse: (text: string) => number | undefined,
  wanted: string,
): ConditionValue {
  const expected = parse(text)
  if (expected === undefined) throw new ConditionValueError(`${JSON.stringify(text)} is not ${wanted}`)
  return {
    fits(actualText) {
      const actual = parse(actualText)
      if (actual === undefined) return false
      switch (comparison) {
        case '=':
          return actual === expected
        case '<':
          return actual < expected
        case '<=':
          return actual <= expected
        case '>':
          return actual > expected
        case '>=':
          return actual >= expected
      }
    },
  }
}

function ipValue(text: string): ConditionValue {
  const range = parseIpRange(text)
  if (!range) throw new ConditionValueError(`${JSON.stringify(text)} is not an IP address or CIDR range`)
  return {
    fits(actual) {
      const address = parseIpAddress(actual)
      return address !== undefined && ipRangeContains(range, address)
    },
  }
}

/**
 * Compares ARNs component by component, so that a `*` before the fifth colon stays inside its component:
 * `arn:aws:iot:*:123456789012:topic/a` does not match an ARN with more colons before the account.
 */
function arnValue(text: string, variables: boolean): ConditionValue {
  if (text === '*') return { fits: () => true }
  const components = splitArnTemplate(parseTemplate(text, { wildcards: true, variables })).map(patternOf)
  if (components.length < ARN_COMPONENTS) {
    throw new ConditionValueError(`${JSON.stringify(text)} is not an ARN: it needs six parts between colons`)
  }
  return {
    fits(actual, context, onMissing) {
      const parts = splitArn(actual)
      let all = parts.length === ARN_COMPONENTS
      for (const [index, component] of components.entries()) {
        const fits = matchesPattern(component, parts[index] ?? '', context, onMissing)
        if (fits === undefined) return undefined
        all &&= fits
      }
      return all
    },
  }
}

function isBool(text: string): boolean {
  return /^(?:true|false)$/i.test(text)
}
