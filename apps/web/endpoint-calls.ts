import { fileURLToPath } from 'node:url'
import { type Endpoint, endpoints } from '@thingdeck/contract'
import type { Plugin } from 'vite'

/** What a call needs of an endpoint: where it goes, and how a body and an answer are to be written and read. */
export interface EndpointCall {
  readonly method: Endpoint['method']
  readonly path: Endpoint['path']
  readonly body?: { readonly kind?: 'document' }
  readonly answer: { readonly kind: Endpoint['answer']['kind'] }
}

/** An endpoint without its schemas and without what only the server asks of it. */
export function callOf({ method, path, body, answer }: Endpoint): EndpointCall {
  const sends = body !== undefined && { body: 'kind' in body && body.kind === 'document' ? { kind: body.kind } : {} }
  return { method, path, ...sends, answer: { kind: answer.kind } } as EndpointCall
}

const CONTRACT = fileURLToPath(new URL('../../packages/contract/src/', import.meta.url)).replaceAll('\\', '/')
const CALLS = '\0thingdeck:endpoint-calls'

/** Calls that make a schema, or a value of schemas, and do nothing else. */
const MAKES_SCHEMA = /(?<=[=(:,\s[])(?:Type\.\w+|defineEndpoints|json|begun|closed|oneOf)\(/g

/** What the server alone needs: at run time it is not there in the console. */
const OF_SERVER =
  /\bendpoints\s*\.\s*\w+\s*\.\s*(?:params|query|body|answer|summary|access|audit|mostBodyBytes|name)\b|\{[^{}]*\}\s*=\s*endpoints\b/

/**
 * The console calls endpoints, and the server checks what it sends: of the API the console is given methods, paths and
 * kinds, each endpoint where it is called. Schemas are shipped where something is made of them (the limits of a field).
 * Built whole, the API is a fifth of what a worker has to load, and every page makes the schemas of all endpoints first.
 */
export function endpointCalls(): Plugin {
  return {
    name: 'endpoint-calls',
    enforce: 'pre',
    resolveId: (id) => (id === CALLS ? id : null),
    load(id) {
      if (id === `${CONTRACT}endpoints.ts`) return `export * as endpoints from '${CALLS}'`
      if (id !== CALLS) return null
      const calls = Object.values(endpoints).map(
        (endpoint) => `export const ${endpoint.name} = ${JSON.stringify(callOf(endpoint))}`,
      )
      return calls.join('\n')
    },
    transform(code, id) {
      if (id.startsWith(CONTRACT)) return { code: code.replaceAll(MAKES_SCHEMA, '/* @__PURE__ */ $&'), map: null }
      const [read] = (/\/src\/.*\.tsx?$/.test(id) && OF_SERVER.exec(code)) || []
      if (read) throw new Error(`${id}: ${read} is not in the console: of an endpoint it has method and path`)
      return null
    },
  }
}
