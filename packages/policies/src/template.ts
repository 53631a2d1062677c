import { type ContextKey, contextKey, type PolicyContext } from './policy-context.ts'
import { ANY, ONE } from './wildcard.ts'

/** A piece of a value in a policy: text, a wildcard, or a variable to be replaced at evaluation. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly unit: typeof ANY | typeof ONE }
  | { readonly kind: 'variable'; readonly key: ContextKey; readonly fallback: string | undefined }

/** How a value is read: whether `*` and `?` are wildcards, and whether `${…}` is a variable. */
export interface TemplateSyntax {
  readonly wildcards: boolean
  readonly variables: boolean
}

/** Why a value is no template, in one sentence. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

/**
 * Takes a value apart: `topic/${iot:ClientId}/*` → text `topic/`, variable `iot:ClientId`, text `/`, wildcard.
 * `${*}`, `${?}` and `${$}` are the characters themselves; `${key, 'text'}` is a variable with a text for want of it.
 * @throws {TemplateError} where `${` is not closed or names nothing.
 * @see IAM user guide, "IAM policy elements: Variables and tags"
 */
export function parseTemplate(text: string, syntax: TemplateSyntax): TemplatePart[] {
  const parts: TemplatePart[] = []
  let literal = ''
  const push = (part: TemplatePart) => {
    if (literal !== '') parts.push({ kind: 'text', text: literal })
    literal = ''
    parts.push(part)
  }
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (syntax.variables && character === '$' && text[index + 1] === '{') {
      const close = text.indexOf('}', index)
      if (close < 0) throw new TemplateError('A variable is not closed: ${ needs a }')
      const variable = parseVariable(text.slice(index + 2, close))
      if (typeof variable === 'string') literal += variable
      else push(variable)
      index = close
    } else if (syntax.wildcards && character === '*') push({ kind: 'wildcard', unit: ANY })
    else if (syntax.wildcards && character === '?') push({ kind: 'wildcard', unit: ONE })
    else literal += character
  }
  if (literal !== '') parts.push({ kind: 'text', text: literal })
  return parts
}

/**
 * Replaces the variables, so that only text and wildcards are left. What a variable stands for is text, never a
 * wildcard. `undefined` if a variable stands for nothing; its key is then given to `onMissing`.
 */
export function resolveTemplate(
  parts: readonly TemplatePart[],
  context: PolicyContext,
  onMissing?: (key: ContextKey) => void,
): TemplatePart[] | undefined {
  const resolved: TemplatePart[] = []
  let complete = true
  for (const part of parts) {
    if (part.kind !== 'variable') {
      resolved.push(part)
      continue
    }
    const text = context.substitute(part.key) ?? part.fallback
    if (text === undefined) {
      complete = false
      onMissing?.(part.key)
    } else resolved.push({ kind: 'text', text })
  }
  return complete ? resolved : undefined
}

function parseVariable(inside: string): string | TemplatePart {
  if (inside === '*' || inside === '?' || inside === '$') return inside
  const comma = inside.indexOf(',')
  const name = (comma < 0 ? inside : inside.slice(0, comma)).trim()
  if (name === '') throw new TemplateError('A variable needs a name between ${ and }')
  if (comma < 0) return { kind: 'variable', key: contextKey(name), fallback: undefined }
  const quoted = inside.slice(comma + 1).trim()
  if (quoted.length < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
    throw new TemplateError(`The default of the variable ${name} must stand in single quotes`)
  }
  return { kind: 'variable', key: contextKey(name), fallback: quoted.slice(1, -1) }
}

/** The text as a pattern that matches it alone: what would be a wildcard or begin a variable stands for itself. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[*?]|\$(?=\{)/g, (character) => `\${${character}}`)
}
