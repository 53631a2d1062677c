import type { Check } from './constraint.ts'
import type { Member, Shape } from './shape.ts'

/** AWS lists all violations; so many that the answer stays short are enough. */
const MAX_VIOLATIONS = 10
const MAX_ECHO_CHARS = 1024

/**
 * Checks a value that has been read against its members' constraints and says what is wrong in AWS's words:
 * `1 validation error detected: Value 'a b' at 'thingName' failed to satisfy constraint: Member must satisfy regular
 * expression pattern: [a-zA-Z0-9:_-]+`.
 * @returns undefined where all is well
 */
export function validate(members: readonly Member[], value: Readonly<Record<string, unknown>>): string | undefined {
  const violations: string[] = []
  checkMembers(members, value, '', violations)
  if (violations.length === 0) return undefined
  const shown = violations.slice(0, MAX_VIOLATIONS)
  return `${shown.length} validation error${shown.length > 1 ? 's' : ''} detected: ${shown.join('; ')}`
}

function checkMembers(
  members: readonly Member[],
  value: Readonly<Record<string, unknown>>,
  path: string,
  violations: string[],
): void {
  for (const member of members) {
    if (violations.length >= MAX_VIOLATIONS) return
    const at = `${path}${lowerFirst(member.name)}`
    const item = value[member.name]
    if (item === undefined) {
      if (member.required)
        violations.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`)
      continue
    }
    if (member.check) checkValue(member, member.check, item, at, violations)
    checkWithin(member.shape, item, at, violations)
  }
}

/** AWS's messages name members as its Java code does: `IdentityPoolId` is `identityPoolId` there. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function checkValue(member: Member, check: Check, value: unknown, at: string, violations: string[]): void {
  const shown = member.sensitive ? 'Value' : `Value '${echo(value)}'`
  const violate = (rule: string) => violations.push(`${shown} at '${at}' failed to satisfy constraint: ${rule}`)
  for (const rule of broken(check, value)) violate(rule)
  if (check.member && Array.isArray(value) && value.some((item) => item !== null && anyBroken(check.member, item))) {
    violate(`Member must satisfy constraint: [${rules(check.member).join(', ')}]`)
  }
  if (!isRecord(value)) return
  if (check.key && Object.keys(value).some((key) => anyBroken(check.key, key))) {
    violate(`Map keys must satisfy constraint: [${rules(check.key).join(', ')}]`)
  }
  const ofValues = check.value
  if (!ofValues) return
  if (Object.values(value).some((item) => anyBroken(ofValues, item))) {
    violate(`Map value must satisfy constraint: [${rules(ofValues).join(', ')}]`)
  }
}

/** Null items, and what lies in the structures of a list, a map or a structure. */
function checkWithin(shape: Shape, value: unknown, at: string, violations: string[]): void {
  if (violations.length >= MAX_VIOLATIONS) return
  if (shape.kind === 'structure' && isRecord(value)) checkMembers(shape.members, value, `${at}.`, violations)
  if (shape.kind === 'list' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const itemAt = `${at}.${index + 1}.member`
      if (item !== null) checkWithin(shape.value, item, itemAt, violations)
      else if (!shape.sparse) {
        violations.push(`Value null at '${itemAt}' failed to satisfy constraint: Member must not be null`)
      }
      if (violations.length >= MAX_VIOLATIONS) return
    }
  }
  if (shape.kind === 'map' && isRecord(value) && isNested(shape.value)) {
    for (const [key, item] of Object.entries(value)) {
      checkWithin(shape.value, item, `${at}.${clip(key)}.member`, violations)
    }
  }
}

function isNested(shape: Shape): boolean {
  return shape.kind === 'structure' || shape.kind === 'list' || shape.kind === 'map'
}

/** The rules of a check that a value breaks, without those for what it holds. */
function* broken(check: Check, value: unknown): Generator<string> {
  if (check.whole && typeof value === 'number' && !Number.isInteger(value)) yield 'Member must be a whole number'
  const size = sizeOf(value, check.max)
  if (size !== undefined) {
    const measure = typeof value === 'number' ? 'value' : 'length'
    if (check.max !== undefined && size > check.max) {
      yield `Member must have ${measure} less than or equal to ${check.max}`
      if (typeof value === 'string') return // a pattern is only tried on text of bounded length
    }
    if (check.min !== undefined && size < check.min)
      yield `Member must have ${measure} greater than or equal to ${check.min}`
  }
  if (typeof value !== 'string') return
  if (check.pattern && !check.pattern.regExp.test(value)) yield patternRule(check.pattern.text)
  if (check.values && !check.values.includes(value)) yield enumRule(check.values)
}

function anyBroken(check: Check | undefined, value: unknown): boolean {
  if (!check) return false
  if (broken(check, value).next().done !== true) return true
  return Array.isArray(value) && value.some((item) => anyBroken(check.member, item))
}

/** All rules of a check: AWS names all of them when an item of a list or map breaks one. */
function rules(check: Check): string[] {
  const lines: string[] = []
  if (check.max !== undefined) lines.push(`Member must have length less than or equal to ${check.max}`)
  if (check.min !== undefined) lines.push(`Member must have length greater than or equal to ${check.min}`)
  if (check.pattern) lines.push(patternRule(check.pattern.text))
  if (check.values) lines.push(enumRule(check.values))
  if (check.member) lines.push(`Member must satisfy constraint: [${rules(check.member).join(', ')}]`)
  return lines
}

function patternRule(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`
}

function enumRule(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(', ')}]`
}

/** Characters are code points; they are counted only where that can matter. */
function sizeOf(value: unknown, max: number | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'string') {
    if (max !== undefined && value.length > 2 * max) return value.length
    return /[\ud800-\udbff]/.test(value) ? [...value].length : value.length
  }
  if (Array.isArray(value)) return value.length
  if (value instanceof Uint8Array) return value.byteLength
  return isRecord(value) ? Object.keys(value).length : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isScalarObject(value)
}

function isScalarObject(value: object): boolean {
  return value instanceof Date || value instanceof Uint8Array
}

/** A value as AWS prints it: `[a, b]`, `{k=v}`. */
function echo(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return clip(`[${value.slice(0, 50).map(echo).join(', ')}]`)
  if (!isRecord(value)) return clip(String(value))
  const entries = Object.entries(value).slice(0, 50)
  return clip(`{${entries.map(([key, item]) => `${clip(key)}=${echo(item)}`).join(', ')}}`)
}

function clip(text: string): string {
  return text.length > MAX_ECHO_CHARS ? `${text.slice(0, MAX_ECHO_CHARS)}…` : text
}
