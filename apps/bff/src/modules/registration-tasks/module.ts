import { endpoints } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { RegistrationTasksAws } from './registration-tasks-aws.ts'

const resource = (id: string) => ({ type: 'thing-registration-task', id })

/** Files of things that AWS registers by itself. */
export const registrationTasks: Module = {
  name: 'registration-tasks',
  routes(app, { aws: { iot, s3 } }) {
    const tasks = new RegistrationTasksAws(iot, s3)

    route(app, endpoints.listRegistrationTasks, async ({ query }) => tasks.list(query))
    route(app, endpoints.describeRegistrationTask, async ({ params }) => tasks.describe(params.taskId))
    route(app, endpoints.readRegistrationReport, async ({ params }) => tasks.report(params.taskId, params.reportType))

    route(app, endpoints.startRegistrationTask, async (request) => {
      const { inputFileBucket, inputFileKey } = request.body
      request.noteAudit({
        resource: { type: 'thing-registration-task', id: `s3://${inputFileBucket}/${inputFileKey}` },
      })
      const begun = await tasks.start(request.body)
      request.noteAudit({ resource: resource(begun.taskId), changes: changedMembers({}, request.body) })
      return begun
    })

    route(app, endpoints.putRegistrationFile, async (request) => {
      const { bucket, key, lines } = request.body
      request.noteAudit({
        resource: { type: 's3-object', id: `s3://${bucket}/${key}` },
        changes: [{ path: '$.lines', afterText: String(lines.length) }],
      })
      await tasks.putFile(bucket, key, lines)
      return undefined
    })

    route(app, endpoints.stopRegistrationTask, async (request) => {
      request.noteAudit({ resource: resource(request.params.taskId) })
      await tasks.stop(request.params.taskId)
      return undefined
    })
  },
}
