import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Job } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { capitalised } from '../../../shared/format.ts'
import { TargetList } from '../components/target-list.tsx'
import { abortInWords, retriesInWords, rolloutInWords, scheduleInWords, timeoutInWords } from '../words/config.ts'
import { localSchedule } from '../words/schedule.ts'

/** How a job is rolled out and what stops it, in words. */
export function SettingsTab({ job }: { readonly job: Job }) {
  const { targets, targetSelection, jobExecutionsRolloutConfig, abortConfig, scheduledJobRollouts } = job
  const timeout = timeoutInWords(job)
  return (
    <Container>
      <SpaceBetween size="m">
        {timeout === undefined && (
          <Alert type="warning" header="No time-out">
            A device that goes silent in the middle stays in progress for ever, and the job with it.
          </Alert>
        )}
        <Facts
          columns={2}
          facts={[
            { label: 'For', value: <TargetList arns={targets} /> },
            {
              label: 'Selection',
              value:
                targetSelection === 'CONTINUOUS'
                  ? 'Continuous: a thing that joins a group is given it, too'
                  : 'Snapshot: those that are in the groups when it is rolled out',
            },
            { label: 'Rollout', value: capitalised(rolloutInWords(jobExecutionsRolloutConfig)) },
            {
              label: 'Stops by itself',
              list: abortConfig?.criteriaList.map((criterion) => capitalised(abortInWords(criterion))) ?? [],
            },
            { label: 'Time-out', value: timeout && capitalised(timeout) },
            { label: 'Retries', value: capitalised(retriesInWords(job) ?? 'none: what failed stays failed') },
            { label: 'Schedule', list: scheduleInWords(job).map(capitalised) },
            scheduledJobRollouts.length === 0
              ? undefined
              : { label: 'Next windows', list: scheduledJobRollouts.map(localSchedule) },
            { label: 'ARN', copy: job.jobArn },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}
