import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useQuery } from '@tanstack/react-query'
import { isRollingOut, type Job } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { useNow } from '../../../shared/time.tsx'
import { goesOn, isOver } from '../api.ts'
import { PacePicture } from '../components/pace-picture.tsx'
import { runQuery } from '../run-query.ts'
import { lastAttempts } from '../words/attempts.ts'
import { doneAt, donePace } from '../words/pace.ts'
import { planRollout } from '../words/rollout-plan.ts'
import { localText, scheduleMs } from '../words/schedule.ts'
import { sumsOf } from '../words/status.ts'

const CLOCK_MS = 15_000

/** How fast a job goes on, beside how fast it was meant to. */
export function PaceChart({ job }: { readonly job: Job }) {
  const { jobId, status, counts, createdAt, schedulingConfig, jobExecutionsRolloutConfig } = job
  const sums = sumsOf(counts)
  const nowMs = useNow(CLOCK_MS)
  const isLive = goesOn(job)
  const { data } = useQuery({ ...runQuery(jobId, isLive), enabled: sums.total > 0 })
  const scheduled = schedulingConfig?.startTime === undefined ? undefined : scheduleMs(schedulingConfig.startTime)
  const fromMs = scheduled ?? Date.parse(createdAt ?? '')
  if (!data || sums.total === 0 || Number.isNaN(fromMs)) return null
  const pace = donePace(data.executions, fromMs)
  const done = isLive ? [...pace, { atMs: Math.max(nowMs, fromMs), count: pace.at(-1)?.count ?? 0 }] : pace
  // Of all that are read, things; else attempts, as AWS counts them.
  const total = data.isAll ? lastAttempts(data.executions).length : sums.total
  const { told } = planRollout(jobExecutionsRolloutConfig, total, fromMs)
  // Where it takes long, the plan is compared as far as time has come.
  const lastMs = Math.max(done.at(-1)?.atMs ?? fromMs, fromMs + 5 * 60_000)
  const plan = told.filter(({ atMs }) => atMs <= lastMs + 60_000)
  const isAll = data.isAll && !isRollingOut(job)
  const end = isOver(status) || !isAll ? undefined : doneAt(pace, sums.open, nowMs)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            data.isAll
              ? 'Devices that are through, beside those that would have been told by then as the rollout has it.'
              : `Of many, the ${formatCount(data.executions.length)} that AWS lists first: the line of what is done is of these alone.`
          }
        >
          Pace{end === undefined ? '' : `: done about ${localText(end)}, as it goes now`}
        </Header>
      }
    >
      <PacePicture
        label="Devices that are through, by time"
        lines={[
          { title: 'Told, as planned', points: plan },
          { title: 'Through', points: done },
        ]}
        total={total}
        times="clock"
      />
    </Container>
  )
}
