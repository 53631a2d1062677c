import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo } from 'react'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { formatDateTime } from '../../../shared/time.tsx'
import { MOST_TOPICS, type RecordedTopics } from '../recording/recorded-topics.ts'
import { useRecordedTraffic } from '../recording/use-recorded-traffic.ts'
import { useSaidRequests } from '../recording/use-said-requests.ts'
import { rehearse } from '../rehearse.ts'
import type { RehearsalSearch } from '../search.ts'
import { useFactsOfClients } from '../use-facts-of-clients.ts'
import { ChangesTable } from './changes-table.tsx'
import { OutcomeSummary } from './outcome-summary.tsx'

interface RecordingOutcomeProps {
  readonly recorded: RecordedTopics
  readonly search: RehearsalSearch
  readonly policyName: string
  readonly before: string
  readonly after: string
  /** `the draft` */
  readonly which: string
  readonly defaultVersionId: string
}

/** What recorded messages would have met, were they of the things that they are said to be of. */
export function RecordingOutcome(props: RecordingOutcomeProps) {
  const { recorded, search, policyName, before, after, which, defaultVersionId } = props
  const said = useSaidRequests(recorded, search)
  const traffic = useRecordedTraffic(said)
  const found = useFactsOfClients(traffic.requests)
  const rehearsal = useMemo(
    () => rehearse(traffic.requests, found.facts, policyName, before, after),
    [traffic.requests, found.facts, policyName, before, after],
  )
  const { firstAtMs, lastAtMs, isWhole, messages, untold, endpoint } = recorded
  const { compared, ofOthers, unknown } = rehearsal
  const isLooking = traffic.isLooking || found.isLooking
  const sentences = [
    `${formatCounted(messages, 'message')}${firstAtMs === undefined || lastAtMs === undefined ? '' : ` from ${formatDateTime(firstAtMs)} to ${formatDateTime(lastAtMs)}`}${endpoint === undefined ? '' : `, received from ${endpoint}`}`,
    `${formatCounted(traffic.things, 'thing')} meant`,
    `${formatCount(compared)} requests compared`,
    ofOthers > 0 && `${formatCount(ofOthers)} of certificates that do not have this policy`,
    unknown > 0 && `${formatCount(unknown)} of certificates that are not known, or not looked at yet`,
    traffic.withoutPrincipal > 0 &&
      `${formatCounted(traffic.withoutPrincipal, 'thing')} not in the registry, or without a certificate`,
    said.unnamed > 0 && `${formatCounted(said.unnamed, 'message')} of nobody: the topic names no thing`,
    said.byAws > 0 && `${formatCounted(said.byAws, 'message')} published by AWS IoT itself`,
    untold > 0 && `${formatCounted(untold, 'message')} on topics beyond the first ${formatCount(MOST_TOPICS)} left out`,
    !isWhole && 'the recording breaks off',
  ]
  const further = traffic.lookFurther ?? found.lookFurther
  return (
    <SpaceBetween size="m">
      <OutcomeSummary
        error={traffic.error ?? found.error}
        whom="things"
        progress={isLooking ? `Looking at the things: ${formatCount(compared)} requests compared` : undefined}
        sentences={sentences}
        further={isLooking ? [] : [{ text: 'There are more things: look at further ones', look: further }]}
      >
        Assumed: the parties above, each with the thing's name as client id and with every certificate of the thing, as
        they are now. Not known: who really published; connects and subscribes; whether a message that came live was to
        be retained. What was refused never arrived, so a draft that allows more shows little here: the log has that.
      </OutcomeSummary>
      <ChangesTable
        policyName={policyName}
        rows={rehearsal.rows}
        which={which}
        defaultVersionId={defaultVersionId}
        source="the recording"
        isOver={!isLooking}
      />
    </SpaceBetween>
  )
}
