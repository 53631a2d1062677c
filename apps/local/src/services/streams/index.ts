import type { ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import { readPage } from '../../foundation/marker-paging.ts'
import type { MakeService } from '../../foundation/service.ts'
import { StreamFiles } from './stream-files.ts'
import { type Stream, StreamTable } from './stream-table.ts'
import { FileDelivery } from './stream-topics.ts'
import { fileOf, Streams } from './streams.ts'

/** Streams: files of S3 that devices fetch in blocks over MQTT, as FreeRTOS does its images. */
export const streamsService: MakeService = (context) => {
  const table = new StreamTable(context.database)
  const files = new StreamFiles(context)
  const streams = new Streams(context, table, files)
  const delivery = new FileDelivery(streams, files, context.log)
  const headOf = ({ streamId, streamVersion, description }: Stream) => ({
    streamId,
    streamArn: streams.arnOf(streamId),
    streamVersion,
    description,
  })
  return {
    name: 'streams',
    handlers: {
      iot: {
        CreateStream: async (input) => headOf(await streams.create(input)),
        UpdateStream: async (input) => headOf(await streams.update(input)),
        DescribeStream: ({ streamId }) => {
          const stream = streams.require(streamId)
          return {
            streamInfo: {
              ...headOf(stream),
              files: stream.files.map(fileOf),
              createdAt: new Date(stream.createdAtMs),
              lastUpdatedAt: new Date(stream.updatedAtMs),
              roleArn: stream.roleArn,
            },
          }
        },
        DeleteStream: ({ streamId }) => {
          streams.delete(streamId)
          return {}
        },
        ListStreams: ({ maxResults, nextToken, ascendingOrder }) => {
          const request = { pageSize: maxResults, marker: nextToken, ascendingOrder }
          const { rows, nextMarker } = readPage('streams', request, ({ sql, after, limit }) =>
            table.page(sql, after, limit),
          )
          return { streams: rows.map(headOf), nextToken: nextMarker }
        },
      } satisfies IotHandlers,
    },
    resources: { streamId: 'stream' },
    controlPlaneNeeds: NEEDS,
    reservedTopics: { stream: (request) => delivery.answer(request) },
    reset: () => files.forget(),
  }
}

/** @see Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT" */
const NEEDS: ControlPlaneNeeds = {
  CreateStream: ({ streamId, roleArn }) => ({ resources: [`stream/${streamId}`], passedRoles: [roleArn] }),
  UpdateStream: ({ streamId, roleArn }) => ({
    resources: [`stream/${streamId}`],
    ...(roleArn !== undefined && { passedRoles: [roleArn] }),
  }),
  ListStreams: () => ({ resources: [] }),
}
