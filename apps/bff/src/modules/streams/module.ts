import { endpoints, type Stream } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createStreams } from './streams.ts'

/** Files that devices fetch in blocks over MQTT. */
export const streams: Module = {
  name: 'streams',
  routes(app, { aws: { iot, arns } }) {
    const found = createStreams(iot)
    const resource = (id: string) => ({ type: 'stream', id, arn: `${arns.prefix}:stream/${id}` })

    route(app, endpoints.listStreams, async ({ query }) => found.list(query))
    route(app, endpoints.describeStream, async ({ params }) => found.describe(params.streamId))

    route(app, endpoints.createStream, async (request) => {
      const { streamId } = request.body
      request.noteAudit({ resource: resource(streamId), changes: changedMembers({}, request.body) })
      await found.create(request.body)
      return found.describe(streamId)
    })

    route(app, endpoints.updateStream, async (request) => {
      const { streamId } = request.params
      request.noteAudit({ resource: resource(streamId) })
      const before = await found.describe(streamId)
      await found.update(streamId, request.body)
      const after = await found.describe(streamId)
      request.noteAudit({ changes: changedMembers(contentOf(before), contentOf(after)) })
      return after
    })

    route(app, endpoints.deleteStream, async (request) => {
      const { streamId } = request.params
      request.noteAudit({ resource: resource(streamId) })
      const before = await found.describe(streamId)
      await found.delete(streamId)
      request.noteAudit({ changes: changedMembers(contentOf(before), {}) })
      return undefined
    })
  },
}

const contentOf = ({ streamVersion, description, files, roleArn }: Stream) => ({
  streamVersion,
  description,
  files,
  roleArn,
})
