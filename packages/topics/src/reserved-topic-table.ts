import { eventRows } from './reserved-event-rows.ts'
import type { PayloadFormat } from './reserved-topic.ts'
import { type ReservedTopicRow, row, withReplies } from './reserved-topic-row.ts'

const FORMATS: readonly PayloadFormat[] = ['json', 'cbor']

function shadowRows(): ReservedTopicRow[] {
  const T = '$aws/things/{thingName}/shadow'
  return [
    ...(['get', 'update', 'delete'] as const).flatMap((operation) =>
      withReplies((requestOrReply, end, reply) => {
        // The guide's table lets clients subscribe to the request topics too.
        const access = requestOrReply === 'publish' ? 'both' : requestOrReply
        return row(access, `${T}/${operation}${end}`, (get) => ({
          kind: 'shadow',
          thingName: get('thingName'),
          operation,
          ...reply,
        }))
      }),
    ),
    ...(['delta', 'documents'] as const).map((suffix) =>
      row('subscribe', `${T}/update/${suffix}`, (get) => ({
        kind: 'shadow',
        thingName: get('thingName'),
        operation: 'update',
        suffix,
      })),
    ),
  ].flatMap((classic) => [classic, namedShadowRow(classic)])
}

function namedShadowRow(classic: ReservedTopicRow): ReservedTopicRow {
  return {
    access: classic.access,
    pattern: classic.pattern.replace('/shadow/', '/shadow/name/{shadowName}/'),
    make: (parameters) => {
      const topic = classic.make(parameters)
      return topic.kind === 'shadow' ? { ...topic, shadowName: parameters.get('shadowName') ?? '' } : topic
    },
  }
}

function jobRows(): ReservedTopicRow[] {
  const T = '$aws/things/{thingName}/jobs'
  return [
    ...withReplies((access, end, reply) =>
      row(access, `${T}/get${end}`, (get) => ({
        kind: 'jobs',
        thingName: get('thingName'),
        operation: 'GetPendingJobExecutions',
        ...reply,
      })),
    ),
    ...withReplies((access, end, reply) =>
      row(access, `${T}/start-next${end}`, (get) => ({
        kind: 'jobs',
        thingName: get('thingName'),
        operation: 'StartNextPendingJobExecution',
        ...reply,
      })),
    ),
    ...withReplies((access, end, reply) =>
      row(access, `${T}/{jobId}/get${end}`, (get) => ({
        kind: 'jobs',
        thingName: get('thingName'),
        operation: 'DescribeJobExecution',
        jobId: get('jobId'),
        ...reply,
      })),
    ),
    ...withReplies((access, end, reply) =>
      row(access, `${T}/{jobId}/update${end}`, (get) => ({
        kind: 'jobs',
        thingName: get('thingName'),
        operation: 'UpdateJobExecution',
        jobId: get('jobId'),
        ...reply,
      })),
    ),
    ...(['notify', 'notify-next'] as const).map((list) =>
      row('subscribe', `${T}/${list}`, (get) => ({ kind: 'jobNotification', thingName: get('thingName'), list })),
    ),
    row('subscribe', `${T}/{jobId}/notify-namespace-{namespaceId}`, (get) => ({
      kind: 'jobNamespaceNotification',
      thingName: get('thingName'),
      jobId: get('jobId'),
      namespaceId: get('namespaceId'),
    })),
  ]
}

function provisioningRows(): ReservedTopicRow[] {
  return FORMATS.flatMap((format) => [
    ...withReplies((access, end, reply) =>
      row(access, `$aws/certificates/create/${format}${end}`, () => ({
        kind: 'certificates',
        operation: 'CreateKeysAndCertificate',
        format,
        ...reply,
      })),
    ),
    ...withReplies((access, end, reply) =>
      row(access, `$aws/certificates/create-from-csr/${format}${end}`, () => ({
        kind: 'certificates',
        operation: 'CreateCertificateFromCsr',
        format,
        ...reply,
      })),
    ),
    ...withReplies((access, end, reply) =>
      row(access, `$aws/provisioning-templates/{templateName}/provision/${format}${end}`, (get) => ({
        kind: 'provisioning',
        templateName: get('templateName'),
        format,
        ...reply,
      })),
    ),
  ])
}

function otherServiceRows(): ReservedTopicRow[] {
  return [
    ...FORMATS.flatMap((format) => [
      ...withReplies((access, end, reply) =>
        row(access, `$aws/things/{thingName}/defender/metrics/${format}${end}`, (get) => ({
          kind: 'defenderMetrics',
          thingName: get('thingName'),
          format,
          ...reply,
        })),
      ),
      ...(['get', 'describe', 'data', 'description', 'rejected'] as const).map((message) => {
        const access = message === 'get' || message === 'describe' ? 'publish' : 'subscribe'
        return row(access, `$aws/things/{thingName}/streams/{streamId}/${message}/${format}`, (get) => ({
          kind: 'stream',
          thingName: get('thingName'),
          streamId: get('streamId'),
          message,
          format,
        }))
      }),
    ]),
    row('subscribe', '$aws/things/{thingName}/tunnels/notify', (get) => ({
      kind: 'tunnelNotification',
      thingName: get('thingName'),
    })),
    ...withReplies((access, end, reply) =>
      row(access, `$aws/device_location/{deviceId}/get_position_estimate${end}`, (get) => ({
        kind: 'deviceLocation',
        deviceId: get('deviceId'),
        ...reply,
      })),
    ),
    row('subscribe', '$aws/sitewise/asset-models/{assetModelId}/assets/{assetId}/properties/{propertyId}', (get) => ({
      kind: 'siteWiseProperty',
      assetModelId: get('assetModelId'),
      assetId: get('assetId'),
      propertyId: get('propertyId'),
    })),
    ...(['things', 'clients'] as const).flatMap(commandRows),
  ]
}

/** A payload that is neither JSON nor CBOR has no format level. */
function commandRows(target: 'things' | 'clients'): ReservedTopicRow[] {
  const execution = `$aws/commands/${target}/{deviceId}/executions/{executionId}` as const
  return [{}, ...FORMATS.map((format) => ({ format }))].flatMap((form: { format?: PayloadFormat }) => {
    const end = form.format ? (`/${form.format}` as const) : ''
    return [
      row('subscribe', `${execution}/request${end}`, (get) => ({
        kind: 'command',
        target,
        deviceId: get('deviceId'),
        executionId: get('executionId'),
        message: 'request',
        ...form,
      })),
      ...withReplies((access, suffix, reply) =>
        row(access, `${execution}/response${suffix}${end}`, (get) => ({
          kind: 'command',
          target,
          deviceId: get('deviceId'),
          executionId: get('executionId'),
          message: 'response',
          ...reply,
          ...form,
        })),
      ),
    ]
  })
}

/**
 * Every form of reserved topic but Basic Ingest, which has any number of levels.
 * @see AWS IoT developer guide, "Reserved topics", "Registry events", "Jobs device MQTT API", "Remote commands",
 *   "Resolving device location using MQTT topics"
 */
export const RESERVED_TOPICS: readonly ReservedTopicRow[] = [
  ...shadowRows(),
  ...jobRows(),
  ...provisioningRows(),
  ...eventRows(),
  ...otherServiceRows(),
]
