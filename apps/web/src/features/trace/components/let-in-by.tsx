import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { DecidingStatement, IotLogEntry } from '@thingdeck/contract'
import { visible } from '../../../shared/text/visible.tsx'
import { authorizationQuery } from '../api.ts'

/** By which statement the publisher may publish this, by the policies of now. */
export function LetInBy({ entry }: { readonly entry: IotLogEntry }) {
  const { principalId, clientId, topicName } = entry
  if (principalId === undefined || clientId === undefined || topicName === undefined) return 'not known'
  return <Decision principalId={principalId} clientId={clientId} topic={topicName} />
}

function Decision({ principalId, clientId, topic }: { principalId: string; clientId: string; topic: string }) {
  const { data, error } = useQuery(authorizationQuery(principalId, clientId, topic))
  if (error) return <StatusIndicator type="warning">Not known: {visible(error.message)}</StatusIndicator>
  if (data === undefined) return <StatusIndicator type="loading">Reading its policies</StatusIndicator>
  const { decision, statements, explanation, missing } = data
  if (decision === 'not-known') return <StatusIndicator type="info">Not known: {visible(explanation)}</StatusIndicator>
  const unknown = missing.length > 0 && ` Not known any more: ${missing.join(', ')}.`
  if (statements.length === 0) {
    return (
      <StatusIndicator type="warning">
        As of now no statement allows it: {visible(explanation)}
        {unknown}
      </StatusIndicator>
    )
  }
  return (
    <StatusIndicator type={decision === 'ALLOWED' ? 'success' : 'error'}>
      {decision === 'ALLOWED' ? 'Allowed' : 'Denied'} by {visible(statements.map(statementWords).join('; '))}, as of
      now.
      {unknown}
    </StatusIndicator>
  )
}

const statementWords = ({ policyName, statement, sid }: DecidingStatement): string =>
  `statement ${statement}${sid === undefined ? '' : ` (${sid})`} of policy ${policyName}`
