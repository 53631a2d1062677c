import type { IotLogEntry } from '@thingdeck/contract'

/** An entry of the log as the console's server reads it: members of the JSON beside its text. */
export function parsedEntry(message: string, eventId = message): IotLogEntry {
  const members = JSON.parse(message) as Record<string, string>
  const at = new Date(`${members.timestamp?.replace(' ', 'T')}Z`).toISOString()
  const { eventType, logLevel, status, traceId, topicName, clientId, principalId } = members
  const { ruleName, ruleAction, reason, details, sourceIp, thingName } = members
  const known = { eventType, logLevel, status, traceId, topicName, clientId, principalId, sourceIp, thingName }
  const ofRule = { ruleName, ruleAction, reason, details }
  return {
    eventId,
    at,
    loggedAt: at,
    logStreamName: 'stream',
    message,
    ...(JSON.parse(JSON.stringify({ ...known, ...ofRule })) as Partial<IotLogEntry>), // without what is undefined
  }
}
