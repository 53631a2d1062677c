import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  type IoTClient,
  ListStreamsCommand,
  type StreamFile,
  UpdateStreamCommand,
} from '@aws-sdk/client-iot'
import type { BodyOf, endpoints, QueryOf, Stream, StreamPage, StreamSummary } from '@thingdeck/contract'
import { isoTime, present } from '../../aws/present.ts'
import { tagList } from '../../aws/tags.ts'

/** Streams: files of S3 that devices fetch over MQTT. Errors are AWS's own. */
export interface Streams {
  list(page: QueryOf<typeof endpoints.listStreams>): Promise<StreamPage>
  describe(streamId: string): Promise<Stream>
  create(made: BodyOf<typeof endpoints.createStream>): Promise<void>
  update(streamId: string, content: BodyOf<typeof endpoints.updateStream>): Promise<void>
  delete(streamId: string): Promise<void>
}

export function createStreams(iot: IoTClient): Streams {
  return {
    async list(page) {
      const { streams = [], nextToken } = await iot.send(
        new ListStreamsCommand({ ...page, nextToken: page.nextToken || undefined, ascendingOrder: true }),
      )
      return { streams: streams.map(summaryOf), ...(nextToken && { nextToken }) }
    },

    async describe(streamId) {
      const { streamInfo = {} } = await iot.send(new DescribeStreamCommand({ streamId }))
      return {
        ...summaryOf(streamInfo),
        files: (streamInfo.files ?? []).map(fileOf),
        ...present({
          roleArn: streamInfo.roleArn,
          createdAt: isoTime(streamInfo.createdAt),
          lastUpdatedAt: isoTime(streamInfo.lastUpdatedAt),
        }),
      }
    },

    async create({ tags = {}, ...rest }) {
      await iot.send(new CreateStreamCommand({ ...rest, ...(Object.keys(tags).length > 0 && { tags: tagList(tags) }) }))
    },

    async update(streamId, content) {
      await iot.send(new UpdateStreamCommand({ streamId, ...content }))
    },

    async delete(streamId) {
      await iot.send(new DeleteStreamCommand({ streamId }))
    },
  }
}

const fileOf = ({ fileId = 0, s3Location: { bucket, key, version } = {} }: StreamFile) => ({
  fileId,
  s3Location: present({ bucket, key, version }),
})

interface SummaryOfAws {
  readonly streamId?: string | undefined
  readonly streamArn?: string | undefined
  readonly streamVersion?: number | undefined
  readonly description?: string | undefined
}

const summaryOf = ({ streamId = '', streamArn = '', streamVersion = 0, description }: SummaryOfAws): StreamSummary => ({
  streamId,
  streamArn,
  streamVersion,
  ...(description && { description }),
})
