import type { ContextKey, PolicyContext } from './policy-context.ts'
import { parseTemplate, resolveTemplate, type TemplatePart, type TemplateSyntax } from './template.ts'
import { ANY, literalWildcard, matchesWildcard, type Wildcard } from './wildcard.ts'

/**
 * A value of a policy, compiled. Most are plain text, or plain text with `*` at the end, and are compared as such; a
 * pattern with variables is turned into one of the others for each context.
 */
export type Pattern =
  | { readonly kind: 'everything' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly wildcard: Wildcard }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }

/** @throws {TemplateError} */
export function compilePattern(text: string, syntax: TemplateSyntax): Pattern {
  return patternOf(parseTemplate(text, syntax))
}

/** Whether the pattern matches all of `text`; `undefined` if a variable stands for nothing in this context. */
export function matchesPattern(
  pattern: Pattern,
  text: string,
  context: PolicyContext,
  onMissing?: (key: ContextKey) => void,
): boolean | undefined {
  switch (pattern.kind) {
    case 'everything':
      return true
    case 'text':
      return pattern.text === text
    case 'prefix':
      return text.startsWith(pattern.text)
    case 'wildcard':
      return matchesWildcard(pattern.wildcard, text)
    case 'template': {
      const bound = bindPattern(pattern, context, onMissing)
      return bound && matchesPattern(bound, text, context)
    }
  }
}

/** The pattern with its variables replaced for good; `undefined` if one stands for nothing in this context. */
export function bindPattern(
  pattern: Pattern,
  context: PolicyContext,
  onMissing?: (key: ContextKey) => void,
): Pattern | undefined {
  if (pattern.kind !== 'template') return pattern
  const parts = resolveTemplate(pattern.parts, context, onMissing)
  return parts && patternOf(parts)
}

/** Chooses the cheapest form that says the same. */
export function patternOf(parts: readonly TemplatePart[]): Pattern {
  if (parts.some((part) => part.kind === 'variable')) return { kind: 'template', parts }
  const last = parts.at(-1)
  const head = parts.slice(0, -1)
  if (parts.every(isText)) return { kind: 'text', text: parts.map(textOf).join('') }
  if (last?.kind === 'wildcard' && last.unit === ANY && head.every(isText)) {
    const text = head.map(textOf).join('')
    return text === '' ? { kind: 'everything' } : { kind: 'prefix', text }
  }
  return {
    kind: 'wildcard',
    wildcard: parts.flatMap((part) => (part.kind === 'wildcard' ? [part.unit] : literalWildcard(textOf(part)))),
  }
}

function isText(part: TemplatePart): boolean {
  return part.kind === 'text'
}

function textOf(part: TemplatePart): string {
  return part.kind === 'text' ? part.text : ''
}
