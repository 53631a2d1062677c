import { type ReservedTopicRow, row } from './reserved-topic-row.ts'

/** The topics of `$aws/events`: published by AWS IoT, for clients to subscribe to. */
export function eventRows(): ReservedTopicRow[] {
  const E = '$aws/events'
  return [
    ...(['connected', 'disconnected', 'connect_failed'] as const).map((event) =>
      row('subscribe', `${E}/presence/${event}/{clientId}`, (get) => ({
        kind: 'event',
        family: 'presence',
        event,
        clientId: get('clientId'),
      })),
    ),
    ...(['subscribed', 'unsubscribed'] as const).map((event) =>
      row('subscribe', `${E}/subscriptions/${event}/{clientId}`, (get) => ({
        kind: 'event',
        family: 'subscriptions',
        event,
        clientId: get('clientId'),
      })),
    ),
    row('subscribe', `${E}/certificates/registered/{caCertificateId}`, (get) => ({
      kind: 'event',
      family: 'certificates',
      event: 'registered',
      caCertificateId: get('caCertificateId'),
    })),
    ...(['created', 'updated', 'deleted'] as const).flatMap((event) => [
      row('subscribe', `${E}/thing/{thingName}/${event}`, (get) => ({
        kind: 'event',
        family: 'thing',
        event,
        thingName: get('thingName'),
      })),
      row('subscribe', `${E}/thingGroup/{thingGroupName}/${event}`, (get) => ({
        kind: 'event',
        family: 'thingGroup',
        event,
        thingGroupName: get('thingGroupName'),
      })),
      row('subscribe', `${E}/thingType/{thingTypeName}/${event}`, (get) => ({
        kind: 'event',
        family: 'thingType',
        event,
        thingTypeName: get('thingTypeName'),
      })),
    ]),
    ...(['added', 'removed'] as const).flatMap((event) => [
      row('subscribe', `${E}/thingTypeAssociation/thing/{thingName}/thingType/{thingTypeName}/${event}`, (get) => ({
        kind: 'event',
        family: 'thingTypeAssociation',
        event,
        thingName: get('thingName'),
        thingTypeName: get('thingTypeName'),
      })),
      row('subscribe', `${E}/thingGroupMembership/thingGroup/{thingGroupName}/thing/{thingName}/${event}`, (get) => ({
        kind: 'event',
        family: 'thingGroupMembership',
        event,
        thingGroupName: get('thingGroupName'),
        thingName: get('thingName'),
      })),
      row('subscribe', `${E}/thingGroupHierarchy/thingGroup/{parent}/childThingGroup/{child}/${event}`, (get) => ({
        kind: 'event',
        family: 'thingGroupHierarchy',
        event,
        thingGroupName: get('parent'),
        childThingGroupName: get('child'),
      })),
    ]),
    ...(['completed', 'canceled', 'deleted', 'cancellation_in_progress', 'deletion_in_progress'] as const).map(
      (event) =>
        row('subscribe', `${E}/job/{jobId}/${event}`, (get) => ({
          kind: 'event',
          family: 'job',
          event,
          jobId: get('jobId'),
        })),
    ),
    ...(['succeeded', 'failed', 'rejected', 'canceled', 'timed_out', 'removed', 'deleted'] as const).map((event) =>
      row('subscribe', `${E}/jobExecution/{jobId}/${event}`, (get) => ({
        kind: 'event',
        family: 'jobExecution',
        event,
        jobId: get('jobId'),
      })),
    ),
    ...(['CREATED', 'IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'REJECTED', 'TIMED_OUT'] as const).map((event) =>
      row('subscribe', `${E}/commandExecution/{commandId}/${event}`, (get) => ({
        kind: 'event',
        family: 'commandExecution',
        event,
        commandId: get('commandId'),
      })),
    ),
  ]
}
