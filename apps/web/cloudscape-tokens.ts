import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Cloudscape's design tokens by their names: `color-text-body-default` → `var(--color-text-body-default-b2us04, #0f141a)`.
 * The names of its custom properties end in a hash of its build, so that they are read from the build that is installed;
 * the package of tokens that is published beside it is of another build, whose properties nobody sets.
 */
export function cloudscapeTokens(): ReadonlyMap<string, string> {
  const components = dirname(createRequire(import.meta.url).resolve('@cloudscape-design/components/package.json'))
  const source = readFileSync(join(components, 'internal/generated/styles/tokens.js'), 'utf8')
  return new Map(
    [...source.matchAll(/"(var\(--([a-z0-9-]+)-[a-z0-9]{6}, [^"]*\))"/g)].map(([, value = '', name = '']) => [
      name,
      value,
    ]),
  )
}

const REFERENCE = /var\(--(color-[a-z0-9-]+)\)/g

/** Style sheets name tokens as `var(--color-text-body-default)`; a name that is none fails the build. */
export function cloudscapeTokenNames(): Plugin {
  const tokens = cloudscapeTokens()
  return {
    name: 'cloudscape-token-names',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.css($|\?)/.test(id)) return null
      return code.replaceAll(REFERENCE, (reference, name: string) => {
        const value = tokens.get(name)
        if (value === undefined) throw new Error(`${id}: Cloudscape has no token ${reference}`)
        return value
      })
    },
  }
}

/** Names of the tokens in a style sheet. */
export const tokenNamesIn = (css: string): readonly string[] =>
  [...css.matchAll(REFERENCE)].map(([, name = '']) => name)
