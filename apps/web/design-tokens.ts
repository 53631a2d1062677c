import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const { resolve } = createRequire(import.meta.url)

/** `var(--cloudscape-color-text-body-default)`, in a style sheet or in a style that a script gives. */
const USE = /var\(--cloudscape-([\w-]+)\)/g

/**
 * Lets styles name Cloudscape's design tokens, as its documentation does: `var(--cloudscape-color-text-body-default)`.
 * What the components call a token ends in a hash that changes from release to release, and the package of tokens may be
 * of another release: then its names mean nothing, and dark is light. So the names come from the components themselves.
 * A token that is none ends the build with a sentence.
 */
export function designTokens(): Plugin {
  const names = readTokenNames()
  return {
    name: 'design-tokens',
    enforce: 'pre',
    transform(code, id) {
      if (!code.includes('--cloudscape-') || id.includes('/node_modules/')) return undefined
      const replaced = code.replace(USE, (_, token: string) => {
        const name = names.get(token)
        if (name === undefined) this.error(`Cloudscape has no design token ${token}.`)
        return `var(${name})`
      })
      return { code: replaced, map: null } // one name for another in the same line
    },
  }
}

/** Public tokens by name, and how the components of this release call them, e.g. `--color-text-body-default-b2us04`. */
export function readTokenNames(): ReadonlyMap<string, string> {
  const components = dirname(resolve('@cloudscape-design/components/package.json'))
  const styles = readFileSync(join(components, 'internal/base-theme/styles.scoped.css'), 'utf8')
  const names = new Map([...styles.matchAll(/(--([\w-]+)-\w{6}):/g)].map(([, name = '', token = '']) => [token, name]))
  const documented: { tokens: Record<string, unknown> } = JSON.parse(
    readFileSync(resolve('@cloudscape-design/design-tokens/index-visual-refresh.json'), 'utf8'),
  )
  return new Map(Object.keys(documented.tokens).flatMap((token) => named(names, token)))
}

const named = (names: ReadonlyMap<string, string>, token: string): [string, string][] => {
  const name = names.get(token)
  return name === undefined ? [] : [[token, name]]
}
