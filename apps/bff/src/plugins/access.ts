import { type Access, endpoints, isServerPath, PERSON_HEADER } from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Person } from '../person.ts'
import { Problem } from '../problem.ts'
import { mayAct } from '../roles.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route, where it is made from no endpoint. Every route has to say it. */
    access?: Access
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The signed-in person. Only for routes whose access is a role: there is always one there. */
export function personOf(request: FastifyRequest): Person {
  const { person } = request.session
  if (!person) throw new Problem('SIGNED_OUT', 'Sign in first.')
  return person
}

/**
 * A write must come from the console's own pages: browsers send `Origin` with every one. What is read must not come from
 * another page: its answer is kept from that page by other means, but the session's cookie goes along from any page of the
 * same site, `http://localhost:8000` say, and the work would be done. A link leads here from wherever it stands. Programs
 * that are no browsers say nothing of where they come from, and may read.
 * Source: OWASP Cross-Site Request Forgery Prevention, "Verifying Origin With Standard Headers" and "Fetch Metadata
 * headers"; Fetch Metadata Request Headers (W3C), §2.
 */
function checkOrigin(request: FastifyRequest, origin: string): void {
  if (request.headers.origin === origin) return
  if (!READS.has(request.method)) {
    throw new Problem('FOREIGN_ORIGIN', `Requests that change something need the header Origin: ${origin}.`)
  }
  if (isServerPath(request.url) && isEmbedded(request)) {
    throw new Problem('FOREIGN_ORIGIN', `What the console answers is for its own pages, those of ${origin}.`)
  }
}

/** Asked for by a page of another origin, as a picture, a frame or by a script of it, and not opened by a person. */
function isEmbedded({ headers }: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-dest': destination } = headers
  return (site === 'cross-site' || site === 'same-site') && destination !== 'document'
}

/** They find out who is signed in, and what is not theirs to write. */
const OF_ANY_PERSON: readonly string[] = [endpoints.getSession.name, endpoints.reportWrite.name]

/** A page goes on as the person that it began with: what it asks for is never done in the name of who came after. */
function checkPerson(request: FastifyRequest): void {
  const pageOf = request.headers[PERSON_HEADER]
  const { person } = request.session
  const { endpoint } = request.routeOptions.config
  if (pageOf === undefined || !person || !endpoint || OF_ANY_PERSON.includes(endpoint.name)) return
  if (pageOf === encodeURIComponent(person.id)) return
  throw new Problem('OTHER_PERSON', `${person.name} signed in since. Load the page anew to go on as ${person.name}.`)
}

export interface AccessOptions {
  /** Of the console, e.g. `https://console.example.com`. */
  readonly origin: string
  /** Who may call the routes of third-party plugins, which cannot say it themselves, by the beginning of their path. */
  readonly ofPlugins: readonly { readonly path: string; readonly access: Access }[]
  /** What to tell whoever is not signed in. */
  readonly nobody: () => Problem
}

/** Refuses to start with a route that does not say who may call it, and checks every request against it. */
export const access = plugin<AccessOptions>(async (app, { origin, ofPlugins, nobody }) => {
  app.addHook('onRoute', (route) => {
    const said =
      route.config?.endpoint?.access ??
      route.config?.access ??
      ofPlugins.find(({ path }) => route.url.startsWith(path))?.access
    if (said) route.config = { ...route.config, access: said }
    else throw new Error(`${route.method} ${route.url} does not say who may call it`)
  })
  app.addHook('onRequest', async (request) => {
    const needed = request.routeOptions.config.access
    // Without a route there is nothing to protect: the not-found handler answers.
    if (!needed) return
    checkOrigin(request, origin)
    checkPerson(request)
    if (needed === 'anyone') return
    const { person } = request.session
    if (!person) throw nobody()
    if (!mayAct(person.role, needed)) {
      throw new Problem('ROLE_REQUIRED', `This needs the role ${needed}; ${person.name} is ${person.role}.`)
    }
  })
})
