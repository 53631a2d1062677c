import type { ProblemBody } from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Person } from '../../person.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import type { AuditTrail } from './audit-trail.ts'

const NOTED = [
  'resource',
  'changes',
  'isBeforeUnknown',
  'beforeVersion',
  'version',
  'clientToken',
  'bulkChangeId',
] as const satisfies readonly (keyof NewAuditEntry)[]

/** What a handler knows of the write that it carries out. Who asks, what for and how it ends is not for it to say. */
export type AuditNote = Partial<Pick<NewAuditEntry, (typeof NOTED)[number]>>

/** What the entry has in place of what the request itself says: by the program's own decision, never from its input. */
export interface AuditedAs {
  /** Where the request makes the session. */
  readonly person?: Person
  /** Where one endpoint does two things. */
  readonly action?: string
  /** Each thing that it did has an entry already: the request has none of its own, unless it was refused. */
  readonly oneByOne?: true
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Adds to the entry of this request; later calls win. Whatever else is in the note is left out. */
    noteAudit(note: AuditNote): void
    auditAs(said: AuditedAs): void
    auditNote: AuditNote | null
    auditedAs: AuditedAs | null
    auditPerson: Person | null
    auditProblem: ProblemBody | null
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Of a request, what every entry has: who, and under which number the log has it. */
export function auditedBy(person: Person, request: FastifyRequest): Pick<NewAuditEntry, 'person' | 'requestId'> {
  const { id, name, role } = person
  return { person: { id, name, role }, requestId: request.id }
}

/** Puts every write of a person into the trail, before it is answered; refuses to start with one that names no action. */
export const audit = plugin<{ trail: AuditTrail }>(async (app, { trail }) => {
  app.addHook('onClose', () => trail.close())
  app.decorateRequest('auditNote', null)
  app.decorateRequest('auditedAs', null)
  app.decorateRequest('auditPerson', null)
  app.decorateRequest('auditProblem', null)
  app.decorateRequest('noteAudit', function noteAudit(this: FastifyRequest, note: AuditNote) {
    const known = Object.entries(note).filter(([name]) => NOTED.some((each) => each === name))
    this.auditNote = { ...this.auditNote, ...Object.fromEntries(known) }
  })
  app.decorateRequest('auditAs', function auditAs(this: FastifyRequest, said: AuditedAs) {
    this.auditedAs = said
  })

  app.addHook('onRoute', ({ method, url, config }) => {
    const writes = [method].flat().filter((each) => !READS.has(each))
    if (writes.length > 0 && config?.endpoint === undefined) {
      throw new Error(`${writes} ${url} is made from no endpoint: nothing says what it is in the audit trail`)
    }
  })

  // A sign-out leaves no session behind to ask.
  app.addHook('preHandler', async (request) => {
    request.auditPerson = request.session.person ?? null
  })

  app.addHook('onSend', async (request, reply) => {
    const action = request.routeOptions.config?.endpoint?.audit
    if (!action || (request.auditedAs?.oneByOne && request.auditProblem === null)) return
    const person = request.auditedAs?.person ?? request.auditPerson ?? request.session?.person
    // Whoever is not signed in does nothing; the log has the request.
    if (!person) return
    const { code, detail } = request.auditProblem ?? {}
    await trail.record({
      ...request.auditNote,
      ...auditedBy(person, request),
      action: request.auditedAs?.action ?? action,
      outcome: { status: reply.statusCode, ...(code && { code }), ...(detail && { message: detail }) },
    })
  })
})
