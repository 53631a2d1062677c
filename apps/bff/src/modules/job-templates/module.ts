import { endpoints } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createJobTemplates } from './job-templates.ts'

const resource = (id: string, arn?: string) => ({ type: 'job-template', id, ...(arn !== undefined && { arn }) })

/** What jobs are made of: templates of the account, and AWS's own. */
export const jobTemplates: Module = {
  name: 'job-templates',
  routes(app, { aws: { iot } }) {
    const templates = createJobTemplates(iot)

    route(app, endpoints.listJobTemplates, async ({ query }) => templates.list(query))
    route(app, endpoints.describeJobTemplate, async ({ params }) => templates.describe(params.jobTemplateId))
    route(app, endpoints.listManagedJobTemplates, async ({ query }) => templates.listManaged(query))
    route(app, endpoints.describeManagedJobTemplate, async ({ params }) =>
      templates.describeManaged(params.templateName),
    )

    route(app, endpoints.createJobTemplate, async (request) => {
      const { jobTemplateId } = request.body
      request.noteAudit({ resource: resource(jobTemplateId), changes: changedMembers({}, request.body) })
      const made = await templates.create(request.body)
      request.noteAudit({ resource: resource(jobTemplateId, made.jobTemplateArn) })
      return made
    })

    route(app, endpoints.deleteJobTemplate, async (request) => {
      const { jobTemplateId } = request.params
      request.noteAudit({ resource: resource(jobTemplateId) })
      const before = await templates.describe(jobTemplateId)
      await templates.delete(jobTemplateId)
      request.noteAudit({
        resource: resource(jobTemplateId, before.jobTemplateArn),
        changes: changedMembers(before, {}),
      })
      return undefined
    })
  },
}
