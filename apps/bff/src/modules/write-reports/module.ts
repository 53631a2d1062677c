import { endpoints, type WriteReport } from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import type { Person } from '../../person.ts'
import { personOf } from '../../plugins/access.ts'
import { auditedBy } from '../../plugins/audit/audit.ts'
import { route } from '../../plugins/route.ts'
import type { KeyHolder, SessionKeys } from '../../plugins/session-keys.ts'
import { PROBLEMS, Problem } from '../../problem.ts'
import { mayAct } from '../../roles.ts'
import type { Module } from '../module.ts'
import { entryOfReport } from './entry-of-report.ts'
import { RecentIds } from './recent-ids.ts'

/**
 * Writes that went over a person's own MQTT session come into the audit trail by the page's report: the least bad of
 * what there is (decision 0010). AWS's own trail of them is CloudWatch Logs of AWS IoT, by client id. A report is taken
 * from the person alone whose credentials wrote; what is refused is an entry, too.
 */
export const writeReports: Module = {
  name: 'write-reports',
  routes(app, { aws: { arns }, sessionKeys, trail }) {
    const recent = new RecentIds()
    route(app, endpoints.reportWrite, async (request) => {
      const person = personOf(request)
      const entry = entryOfReport(request.body, arns)
      const refused = refusalOf(request.body, person, sessionKeys)
      if (refused) {
        const { status } = PROBLEMS[refused.code]
        const outcome = { status, code: refused.code, message: refused.message }
        await trail.record({ ...entry, ...auditedBy(person, request), outcome })
        throw refused
      }
      if (recent.isNew(`${person.id} ${request.body.reportId}`)) {
        await trail.record({ ...entry, ...auditedBy(writerOf(request, person, sessionKeys), request) })
      }
      return undefined
    })
  },
}

/** With the role that they had when they were given what wrote: it may be another by now. */
function writerOf(request: FastifyRequest<{ Body: WriteReport }>, person: Person, keys: SessionKeys): Person {
  const { role = person.role } = keys.holderOf(request.body.writer.sessionKey)?.person ?? {}
  return { ...person, role }
}

function refusalOf({ writer }: WriteReport, { id, name }: Person, keys: SessionKeys): Problem | undefined {
  const holder = keys.holderOf(writer.sessionKey)
  if (!holder) {
    return new Problem(
      'OTHER_SESSION',
      'The report names MQTT credentials that this console did not give out, or gave out before it was started anew: whose write it was is not known.',
    )
  }
  if (holder.person.id !== id) return new Problem('OTHER_SESSION', othersWords(holder, name))
  if (!writer.clientId.startsWith(holder.clientIdPrefix)) {
    return new Problem(
      'OTHER_SESSION',
      `The report names the client id ${writer.clientId}; those of ${name} begin with ${holder.clientIdPrefix}.`,
    )
  }
  if (!mayAct(holder.person.role, 'operator')) {
    return new Problem('ROLE_REQUIRED', `Writing needs the role operator; ${name} was ${holder.person.role}.`)
  }
  return undefined
}

const othersWords = ({ person }: KeyHolder, caller: string) =>
  `It was written with the MQTT credentials of ${person.name} (${person.role}); ${caller} is signed in now, and is not who wrote it.`
