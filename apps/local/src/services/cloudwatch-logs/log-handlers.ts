import type { Socket } from 'node:net'
import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import { AwsError, type Call, type Handlers, type Input } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import { FilterPatternError } from './filter-pattern/scanner.ts'
import { parseInsightsQuery } from './insights/insights-query.ts'
import { invalidParameter } from './log-errors.ts'
import { readPattern } from './log-events.ts'
import type { LogStore, OnHangUp } from './log-store.ts'

/**
 * The operations as they are called: what is not there is refused here, and what the store's thread is to know of the rest
 * is named member by member.
 * @param store where whatever was written before is handed over already
 */
export function logHandlers(store: () => LogStore) {
  return {
    CreateLogGroup: ({ logGroupName, kmsKeyId, logGroupClass, deletionProtectionEnabled, tags }) => {
      if (kmsKeyId !== undefined) throw invalidParameter('kmsKeyId: there are no KMS keys here; leave it out')
      if (logGroupClass !== undefined && logGroupClass !== 'STANDARD') {
        throw invalidParameter(`logGroupClass ${logGroupClass}: there is STANDARD only`)
      }
      if (deletionProtectionEnabled)
        throw invalidParameter('deletionProtectionEnabled: there is no such protection here')
      return store().call('CreateLogGroup', { logGroupName, tags })
    },
    DeleteLogGroup: ({ logGroupName }) => store().call('DeleteLogGroup', { logGroupName }),
    DescribeLogGroups: (input) => {
      const { logGroupNamePrefix, logGroupNamePattern, limit, nextToken } = input
      if (input.logGroupIdentifiers || input.accountIdentifiers || input.includeLinkedAccounts || input.logGroupClass) {
        throw invalidParameter('Of one account, and of class STANDARD: groups are found by prefix or pattern here')
      }
      return store().call('DescribeLogGroups', { logGroupNamePrefix, logGroupNamePattern, limit, nextToken })
    },
    PutRetentionPolicy: ({ logGroupName, retentionInDays }) =>
      store().call('PutRetentionPolicy', { logGroupName, retentionInDays }),
    DeleteRetentionPolicy: ({ logGroupName }) => store().call('DeleteRetentionPolicy', { logGroupName }),
    TagResource: ({ resourceArn, tags }) => store().call('TagResource', { resourceArn, tags }),
    UntagResource: ({ resourceArn, tagKeys }) => store().call('UntagResource', { resourceArn, tagKeys }),
    ListTagsForResource: ({ resourceArn }) => store().call('ListTagsForResource', { resourceArn }),
    CreateLogStream: ({ logGroupName, logStreamName }) =>
      store().call('CreateLogStream', { logGroupName, logStreamName }),
    DeleteLogStream: ({ logGroupName, logStreamName }) =>
      store().call('DeleteLogStream', { logGroupName, logStreamName }),
    DescribeLogStreams: (input, call) => {
      const { logGroupName, logGroupIdentifier, logStreamNamePrefix, orderBy, descending, limit, nextToken } = input
      const named = { logGroupName, logGroupIdentifier, logStreamNamePrefix }
      return store().call('DescribeLogStreams', { ...named, orderBy, descending, limit, nextToken }, hangUpOf(call))
    },
    PutLogEvents: async ({ logGroupName, logStreamName, logEvents, entity }) => {
      const events = logEvents.map(({ timestamp, message }) => ({ timestamp, message }))
      const answer = await store().call('PutLogEvents', { logGroupName, logStreamName, logEvents: events })
      // AWS's own way to say that the events were taken and what they are of was not: nothing here shows that.
      return { ...answer, ...(entity && { rejectedEntityInfo: { errorType: 'UnsupportedLogGroupType' as const } }) }
    },
    GetLogEvents: (input, call) => {
      checkUnmask(input.unmask)
      const { logGroupName, logGroupIdentifier, logStreamName, startTime, endTime } = input
      const { limit, startFromHead, nextToken } = input
      const stream = { logGroupName, logGroupIdentifier, logStreamName }
      return store().call(
        'GetLogEvents',
        { ...stream, startTime, endTime, limit, startFromHead, nextToken },
        hangUpOf(call),
      )
    },
    FilterLogEvents: (input, call) => {
      checkUnmask(input.unmask)
      const { logGroupName, logGroupIdentifier, logStreamNames, logStreamNamePrefix, filterPattern } = input
      const { startTime, endTime, limit, startFromHead, nextToken } = input
      const search = { logGroupName, logGroupIdentifier, logStreamNames, logStreamNamePrefix, filterPattern }
      return store().call(
        'FilterLogEvents',
        { ...search, startTime, endTime, limit, startFromHead, nextToken },
        hangUpOf(call),
      )
    },
    StartQuery: (input) => {
      const { queryLanguage = 'CWLI', startTime, endTime, queryString, limit } = input
      if (queryLanguage !== 'CWLI') throw invalidParameter(`queryLanguage ${queryLanguage}: there is CWLI only`)
      if (endTime < startTime) throw invalidParameter('endTime must not be before startTime')
      checkQuery(queryString)
      return store().call('StartQuery', { groups: queriedGroups(input), startTime, endTime, queryString, limit })
    },
    GetQueryResults: ({ queryId, nextToken, maxItems }) =>
      store().call('GetQueryResults', { queryId, nextToken, maxItems }),
    StopQuery: ({ queryId }) => store().call('StopQuery', { queryId }),
    TestMetricFilter: ({ filterPattern, logEventMessages }) => {
      const isMeant = readPattern(filterPattern)
      const matches = logEventMessages.flatMap((eventMessage, index) =>
        isMeant(eventMessage) ? [{ eventNumber: index + 1, eventMessage, extractedValues: {} }] : [],
      )
      return { matches }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

/** @throws {AwsError} InvalidParameterException unless the groups of a query are named in one way */
export function queriedGroups(input: Input<typeof sdk, 'StartQuery'>): readonly string[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = input
  const [groups, ...others] = [
    logGroupName === undefined ? undefined : [logGroupName],
    logGroupNames,
    logGroupIdentifiers,
  ].filter((names) => names !== undefined)
  if (groups && others.length === 0) return groups.map((group) => group.replace(/:\*$/, ''))
  throw invalidParameter('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given')
}

/** @throws {AwsError} MalformedQueryException with the place of what is wrong */
function checkQuery(queryString: string): void {
  try {
    parseInsightsQuery(queryString)
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error
    const { message, position } = error
    const location = { startCharOffset: position, endCharOffset: Math.min(position + 1, queryString.length) }
    const queryCompileError = { location, message }
    throw new AwsError('MalformedQueryException', `${message}, at character ${position + 1}`, { queryCompileError })
  }
}

function checkUnmask(unmask: boolean | undefined): void {
  if (unmask) throw invalidParameter('unmask: nothing is masked here; leave it out')
}

/** A caller who goes away while the answer is looked for. */
const hangUpOf =
  ({ request }: Call<Caller>): OnHangUp =>
  (hangUp) => {
    const socket: Socket = request.raw.socket
    socket.once('close', hangUp)
    return () => socket.off('close', hangUp)
  }
