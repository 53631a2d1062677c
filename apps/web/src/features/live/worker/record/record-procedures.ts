import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { RecordProcedures } from '../../protocol/record.ts'
import { LiveError } from '../live-error.ts'
import type { Outlet } from '../publish/outbox.ts'
import type { LiveStream } from '../stream/stream.ts'
import type { Job, Jobs } from '../tasks/tasks.ts'
import type { Turns } from '../turns.ts'
import { exportMessages } from './export-messages.ts'
import { openRecording } from './open-recording.ts'
import { Recorder } from './recorder.ts'
import { planReplay, replay } from './replay.ts'

export interface RecordParts {
  readonly clock: Clock
  readonly turns: Turns
  readonly jobs: Jobs
  readonly outlet: Outlet
  /** Host of the broker, once it is known. */
  readonly endpoint: () => string | undefined
  readonly streams: {
    get(name: string): LiveStream | undefined
    /** A new one, in the place of one that has the name. */
    create(name: string): LiveStream
  }
}

/** Files out of streams, streams out of files, and messages out of streams to the broker. */
export function recordProcedures({ clock, turns, jobs, outlet, endpoint, streams }: RecordParts): RecordProcedures {
  const find = (name: string): LiveStream => {
    const stream = streams.get(name)
    if (!stream) throw new LiveError('NO_STREAM', `There is no stream ${name}.`)
    return stream
  }
  return {
    'live.export': async ({ job: id, stream, scope, format }) => {
      const from = find(stream)
      const job = jobs.start(id, 'export')
      return await failing(job, () =>
        exportMessages(from, { scope, format }, { job, turns, nowMs: clock.nowMs(), endpoint: endpoint() }),
      )
    },
    'live.startRecording': ({ stream: name }) => {
      const stream = find(name)
      if (stream.listener) return
      const subscriptions = stream.configuration().subscriptions.map(({ filter, qos }) => ({ filter, qos }))
      const host = endpoint()
      stream.setListener(new Recorder(clock, { subscriptions, ...(host === undefined ? {} : { endpoint: host }) }))
    },
    'live.stopRecording': async ({ stream: name }) => {
      const stream = streams.get(name)
      const recorder = stream?.listener
      stream?.setListener(undefined)
      return recorder instanceof Recorder ? await recorder.finish() : undefined
    },
    'live.openRecording': async ({ job: id, stream: name, file, fileName }) => {
      const job = jobs.start(id, 'open-recording')
      const stream = streams.create(name)
      const begun = Promise.withResolvers<void>()
      const reading = failing(job, () =>
        openRecording(stream, { file, fileName }, { job, turns, onBegun: begun.resolve }),
      )
      reading.catch(begun.reject) // later than the first rows, a failure is the job's to tell
      await begun.promise
    },
    'live.planReplay': async (options) => planReplay(find(options.stream), options),
    'live.replay': ({ job: id, ...options }) => {
      const stream = find(options.stream)
      const job = jobs.start(id, 'replay')
      failing(job, () => replay(stream, options, { job, outlet, clock })).catch(() => {}) // the job tells it
    },
  }
}

/** Makes a failure the job's too. */
async function failing<T>(job: Job, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    job.fail(error instanceof Error ? error.message : String(error))
    throw error
  }
}
