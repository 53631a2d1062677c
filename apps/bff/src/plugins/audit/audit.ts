import type { ProblemBody } from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Person } from '../../person.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import type { AuditTrail } from './audit-trail.ts'

/** What a handler knows of the write that it carries out, beyond who asks and how it ends. */
export type AuditNote = Partial<
  Pick<
    NewAuditEntry,
    'action' | 'resource' | 'changes' | 'isBeforeUnknown' | 'beforeVersion' | 'version' | 'clientToken' | 'bulkChangeId'
  >
> & {
  /** Where the request itself makes the session. */
  readonly person?: Person
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The action under which the audit trail has requests to this route: AWS's operation where there is one. Every route
     * that is no GET has to say it; `false` where nothing is written, or the handler writes the entries itself.
     */
    audit?: string | false
  }
  interface FastifyRequest {
    /** Adds to the entry of this request; later calls win. */
    noteAudit(note: AuditNote): void
    auditNote: AuditNote | null
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
  app.decorateRequest('auditNote', null)
  app.decorateRequest('auditPerson', null)
  app.decorateRequest('auditProblem', null)
  app.decorateRequest('noteAudit', function noteAudit(this: FastifyRequest, note: AuditNote) {
    this.auditNote = { ...this.auditNote, ...note }
  })

  app.addHook('onRoute', (route) => {
    const writes = [route.method].flat().filter((method) => !READS.has(method))
    if (writes.length > 0 && route.config?.audit === undefined) {
      throw new Error(`${writes} ${route.url} does not say what it is in the audit trail (config.audit)`)
    }
  })

  // A sign-out leaves no session behind to ask.
  app.addHook('preHandler', async (request) => {
    request.auditPerson = request.session.person ?? null
  })

  app.addHook('onSend', async (request, reply) => {
    const action = request.routeOptions.config?.audit
    if (!action) return
    const { person: made, ...note } = request.auditNote ?? {}
    const person = made ?? request.auditPerson ?? request.session?.person
    // Whoever is not signed in does nothing; the log has the request.
    if (!person) return
    const { code, detail } = request.auditProblem ?? {}
    await trail.record({
      ...auditedBy(person, request),
      action, // unless the note says otherwise
      ...note,
      outcome: { status: reply.statusCode, ...(code && { code }), ...(detail && { message: detail }) },
    })
  })
})
