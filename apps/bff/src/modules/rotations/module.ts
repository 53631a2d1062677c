import { randomUUID } from 'node:crypto'
import { type AuditResource, endpoints, type RotationAction } from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import { certificateResource } from '../../aws/certificates/certificate-change.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { personOf } from '../../plugins/access.ts'
import { route } from '../../plugins/route.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import type { Module } from '../module.ts'
import type { CertificateWrite } from './advance-thing.ts'
import type { KeptRotation } from './kept-rotation.ts'
import { RotationAws } from './rotation-aws.ts'
import { RotationEngine } from './rotation-engine.ts'
import { RotationStore } from './rotation-store.ts'
import { findTargets } from './rotation-targets.ts'
import { type RotationStarter, Rotations } from './rotations.ts'
import { lookForSightings } from './sightings.ts'

const PAGE = 100

/** New certificates for devices beside their old ones, until each device was seen with its new one. */
export const rotations: Module = {
  name: 'rotations',
  routes(app, { aws, stores, trail }) {
    const { iot, iotOnce, iotLogs, things, arns } = aws
    const store = new RotationStore(stores.rotations)
    const all = new Rotations({
      store,
      clock: SYSTEM_CLOCK,
      newId: randomUUID,
      find: (targets) => findTargets({ iot, things }, targets),
    })
    const engine = new RotationEngine({
      store,
      clock: SYSTEM_CLOCK,
      id: randomUUID(),
      awsOf: (turn) => new RotationAws({ iot, iotOnce, arnOf: arns.certificate, turn }),
      look: (fromMs, nowMs) => lookForSightings({ iotLogs, iot }, fromMs, nowMs),
      onWrite: (rotation, write) => {
        aws.certificates.watch.forget(write.certificateId)
        return trail.record(entryOf(rotation, write, certificateResource(aws, write.certificateId)))
      },
      onError: (error) => app.log.error({ err: error }, 'a rotation of certificates could not go on'),
    })
    app.addHook('onClose', () => engine.close())

    route(app, endpoints.previewRotation, async ({ body }) => all.preview(body.targets))

    route(app, endpoints.startRotation, async (request) => {
      const begun = await all.start(request.body, starterOf(request))
      request.noteAudit({ resource: resource(begun.rotationId) })
      return begun
    })

    route(app, endpoints.listRotations, async () => all.list())
    route(app, endpoints.describeRotation, async ({ params }) => all.describe(params.rotationId))

    route(app, endpoints.listRotationThings, async ({ params, query }) => {
      const { offset = 0, limit = PAGE, ...which } = query
      return all.things(params.rotationId, { ...which, offset, limit })
    })

    route(app, endpoints.requestRotationCertificates, async (request) => {
      request.noteAudit({ resource: resource(request.params.rotationId) })
      return all.request(request.params.rotationId, request.body.requests)
    })

    route(app, endpoints.listRotationCertificates, async ({ params, query: { offset = 0, limit = PAGE } }) =>
      all.certificates(params.rotationId, offset, limit),
    )

    route(app, endpoints.noteRotationDelivered, async (request) => {
      request.noteAudit({ resource: resource(request.params.rotationId) })
      return all.delivered(request.params.rotationId, request.body.certificateIds)
    })

    route(app, endpoints.changeRotation, async (request) => {
      const { action, thingNames } = request.body
      request.auditAs({ action: ACTIONS[action] })
      request.noteAudit({ resource: resource(request.params.rotationId) })
      return all.act(request.params.rotationId, action, thingNames)
    })
  },
}

/** As the trail has them. */
const ACTIONS: Readonly<Record<RotationAction, string>> = {
  retry: 'RetryCertificateRotation',
  renew: 'RenewRotationCertificates',
  confirm: 'ConfirmRotationCertificates',
  deactivate: 'DeactivateRotatedCertificates',
  delete: 'DeleteRotatedCertificates',
  undo: 'UndoCertificateRotation',
}

const resource = (id: string) => ({ type: 'certificate-rotation', id })
const starterOf = (request: FastifyRequest): RotationStarter => ({ person: personOf(request), requestId: request.id })

/** What the engine did to a certificate, for who started the rotation. */
function entryOf({ starter }: KeptRotation, write: CertificateWrite, resource: AuditResource): NewAuditEntry {
  const { person, requestId } = starter
  const { action, before, after } = write
  return {
    person: { id: person.id, name: person.name, role: person.role },
    requestId,
    action,
    resource,
    outcome: {},
    changes: [
      {
        path: '$.status',
        ...(before !== undefined && { beforeText: JSON.stringify(before) }),
        ...(after !== undefined && { afterText: JSON.stringify(after) }),
      },
    ],
  }
}
