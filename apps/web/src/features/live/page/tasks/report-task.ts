import type { MqttWriter, PublishingEnd, ReportedWrite } from '@thingdeck/contract'
import type { PublishedCounts } from '../../../../shared/reports/publish-tally.ts'
import { type OpenReport, openReport } from '../../../../shared/reports/report-write.ts'
import type { TaskView } from '../../protocol/task.ts'
import type { LiveClient } from '../client.ts'

const PACE_MS = 250

interface ReportedTask {
  readonly client: LiveClient
  /** Its id. */
  readonly task: string
  /** Of the MQTT session when it began. */
  readonly writer: MqttWriter | undefined
}

/**
 * Tells the audit trail what a task publishes, as one report: at its end, when it is stopped, or with the counts so far
 * when the page or the session ends before. It goes on whichever page is open. Resolves when the task is over.
 */
export async function reportTask(
  { client, task, writer }: ReportedTask,
  write: (counts: PublishedCounts, end: PublishingEnd) => ReportedWrite,
): Promise<void> {
  let report: OpenReport | undefined
  let latest: TaskView | undefined
  const tell = (view: TaskView) => {
    latest = view
    if (!view.writes) return
    const { counts, fromMs, toMs } = view.writes
    report ??= openReport(write(counts, 'left'), { writer, fromMs, toMs })
    const end = endOf(view)
    if (end === undefined) report.update(write(counts, 'left'), toMs)
    else report.close(write(counts, end), toMs)
  }
  try {
    let knownRevision: number | undefined
    for (;;) {
      const view = await client.call('live.task', { task, ...(knownRevision === undefined ? {} : { knownRevision }) })
      if (!view) return
      tell(view)
      if (endOf(view) !== undefined) return
      knownRevision = view.revision
      await new Promise((resolve) => setTimeout(resolve, PACE_MS))
    }
  } catch {
    // The worker was closed: the session ended, and the task with it.
    if (latest?.writes) report?.close(write(latest.writes.counts, 'left'), latest.writes.toMs)
  }
}

/** Undefined while it goes on. */
function endOf({ state }: TaskView): PublishingEnd | undefined {
  return state === 'running' || state === 'paused' ? undefined : state
}
