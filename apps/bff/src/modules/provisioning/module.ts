import { CreateProvisioningClaimCommand } from '@aws-sdk/client-iot'
import { endpoints } from '@thingdeck/contract'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { ClaimCertificates } from './claim-certificates.ts'
import { checkHook, tryHook } from './provisioning-hooks.ts'
import { createProvisioningTemplates } from './provisioning-templates.ts'
import { readSurroundings } from './surroundings.ts'

/** Provisioning templates, the claims by which devices are born, and what a device would find. */
export const provisioning: Module = {
  name: 'provisioning',
  routes(app, { aws: { iot, iotOnce, lambda, things, arns, policyLooks } }) {
    const templates = createProvisioningTemplates(iot)
    const claims = new ClaimCertificates(iot, policyLooks, SYSTEM_CLOCK)
    const arnOf = (templateName: string) => `${arns.prefix}:provisioningtemplate/${templateName}`
    const resource = (id: string) => ({ type: 'provisioning-template', id, arn: arnOf(id) })

    route(app, endpoints.listProvisioningTemplates, async ({ query }) => templates.list(query))
    route(app, endpoints.describeProvisioningTemplate, async ({ params }) => templates.describe(params.templateName))

    route(app, endpoints.createProvisioningTemplate, async (request) => {
      request.noteAudit({ resource: resource(request.body.templateName) })
      const made = await templates.create(request.body)
      request.noteAudit({ resource: resource(made.templateName), changes: changedMembers({}, settingsOf(made)) })
      return made
    })

    route(app, endpoints.updateProvisioningTemplate, async (request) => {
      const { templateName } = request.params
      request.noteAudit({ resource: resource(templateName) })
      const before = await templates.describe(templateName)
      const after = await templates.update(templateName, request.body)
      request.noteAudit({
        resource: resource(templateName),
        changes: changedMembers(settingsOf(before), settingsOf(after)),
      })
      return after
    })

    route(app, endpoints.deleteProvisioningTemplate, async (request) => {
      const { templateName } = request.params
      request.noteAudit({ resource: resource(templateName) })
      const before = await templates.describe(templateName)
      await templates.delete(templateName)
      request.noteAudit({ resource: resource(templateName), changes: changedMembers(settingsOf(before), {}) })
      return undefined
    })

    route(app, endpoints.createProvisioningTemplateVersion, async (request) => {
      const { templateName } = request.params
      request.noteAudit({ resource: resource(templateName) })
      const made = await templates.createVersion(templateName, request.body)
      const { templateBody } = request.body
      request.noteAudit({ resource: resource(templateName), changes: changedMembers({}, { ...made, templateBody }) })
      return made
    })

    route(app, endpoints.describeProvisioningTemplateVersion, async ({ params: { templateName, versionId } }) =>
      templates.describeVersion(templateName, Number(versionId)),
    )

    route(app, endpoints.deleteProvisioningTemplateVersion, async (request) => {
      const { templateName, versionId } = request.params
      request.noteAudit({ resource: resource(templateName) })
      const before = await templates.describeVersion(templateName, Number(versionId))
      await templates.deleteVersion(templateName, Number(versionId))
      request.noteAudit({ resource: resource(templateName), changes: changedMembers(before, {}) })
      return undefined
    })

    route(app, endpoints.listClaimCertificates, async ({ params }) => claims.of(params.templateName, arns.prefix))

    route(app, endpoints.createProvisioningClaim, async (request) => {
      const { templateName } = request.params
      request.noteAudit({ resource: resource(templateName) })
      // Asked for once: a second answer would be a second certificate.
      const made = await iotOnce.send(new CreateProvisioningClaimCommand({ templateName }))
      const certificateId = made.certificateId ?? ''
      const expiresAt = (made.expiration ?? new Date(0)).toISOString()
      request.noteAudit({
        resource: resource(templateName),
        changes: changedMembers({}, { claimCertificateId: certificateId, expiresAt }),
      })
      return {
        certificateId,
        certificatePem: made.certificatePem ?? '',
        publicKey: made.keyPair?.PublicKey ?? '',
        privateKey: made.keyPair?.PrivateKey ?? '',
        expiresAt,
      }
    })

    route(app, endpoints.readProvisioningSurroundings, async ({ body }) => readSurroundings({ iot, things }, body))

    route(app, endpoints.checkProvisioningHook, async ({ query: { functionArn, templateName } }) =>
      checkHook(lambda, functionArn, arnOf(templateName ?? 'any')),
    )

    route(app, endpoints.tryProvisioningHook, async (request) => {
      const { functionArn, event } = request.body
      request.noteAudit({ resource: { type: 'function', id: functionArn, arn: functionArn } })
      const answer = await tryHook(lambda, functionArn, event, () => SYSTEM_CLOCK.nowMs())
      request.noteAudit({
        resource: { type: 'function', id: functionArn, arn: functionArn },
        // Parameters may be what a device is known by: the trail has which there were, and not what they said.
        changes: changedMembers(
          {},
          { parameterNames: Object.keys(event.parameters), functionError: answer.functionError },
        ),
      })
      return answer
    })
  },
}

/** What people decide of a template: when it was changed says the trail itself. */
const settingsOf = ({
  changedAt: _,
  versions: __,
  ...settings
}: Awaited<ReturnType<ReturnType<typeof createProvisioningTemplates>['describe']>>) => settings
