import { messageOf } from '../../../../shared/message-of.ts'
import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { RecordProcedures } from '../../protocol/record.ts'
import { LiveError } from '../live-error.ts'
import type { Outlet } from '../publish/outbox.ts'
import type { LiveStream } from '../stream/stream.ts'
import type { Task } from '../tasks/task.ts'
import type { Tasks } from '../tasks/tasks.ts'
import type { Turns } from '../turns.ts'
import { exportMessages } from './export-messages.ts'
import { openRecording } from './open-recording.ts'
import { Recorder } from './recorder.ts'
import { canStore, interruptedRecordings, readStoredRecording, removeStoredRecording } from './recording-store.ts'
import { MemoryTarget, type RecordingTarget } from './recording-target.ts'
import { type PlannedReplay, planReplay, replay } from './replay.ts'
import { StoredTarget } from './stored-target.ts'

export interface RecordParts {
  readonly clock: Clock
  readonly turns: Turns
  readonly tasks: Tasks
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
export function recordProcedures({ clock, turns, tasks, outlet, endpoint, streams }: RecordParts): RecordProcedures {
  const find = (name: string): LiveStream => {
    const stream = streams.get(name)
    if (!stream) throw new LiveError('NO_STREAM', `There is no stream ${name}.`)
    return stream
  }
  /** The newest of each stream. */
  const plans = new Map<string, PlannedReplay>()
  return {
    'live.export': async ({ task: id, stream, scope, format }) => {
      const from = find(stream)
      const task = tasks.start(id, 'export')
      return await failing(task, () =>
        exportMessages(from, { scope, format }, { task, turns, nowMs: clock.nowMs(), endpoint: endpoint() }),
      )
    },
    'live.startRecording': ({ stream: name, owner }) => {
      const stream = find(name)
      if (stream.listener) return
      const subscriptions = stream.configuration().subscriptions.map(({ filter, qos }) => ({ filter, qos }))
      const host = endpoint()
      const startedAtMs = clock.nowMs()
      const header = { startedAtMs, subscriptions, ...(host === undefined ? {} : { endpoint: host }) }
      stream.setListener(new Recorder(clock, header, recordingTarget(owner, startedAtMs)))
    },
    'live.stopRecording': async ({ stream: name }) => {
      const stream = streams.get(name)
      const recorder = stream?.listener
      stream?.setListener(undefined)
      return await recorder?.finish()
    },
    'live.discardRecording': async ({ stream: name }) => {
      const stream = streams.get(name)
      const recorder = stream?.listener
      stream?.setListener(undefined)
      await recorder?.discard()
    },
    'live.interruptedRecordings': ({ owner }) => interruptedRecordings(owner),
    'live.readInterrupted': ({ owner, id }) => readStoredRecording(owner, id),
    'live.discardInterrupted': ({ owner, id }) => removeStoredRecording(owner, id),
    'live.openRecording': async ({ task: id, stream: name, file, fileName }) => {
      const task = tasks.start(id, 'open-recording')
      const stream = streams.create(name)
      const begun = Promise.withResolvers<void>()
      const reading = failing(task, () =>
        openRecording(stream, { file, fileName }, { task, turns, onBegun: begun.resolve }),
      )
      reading.catch(begun.reject) // later than the first rows, a failure is the task's to tell
      await begun.promise
    },
    'live.planReplay': async (options) => {
      const planned = planReplay(crypto.randomUUID(), find(options.stream), options)
      plans.set(options.stream, planned)
      return planned.plan
    },
    'live.replay': ({ task: id, plan }) => {
      const [name, planned] = plans.entries().find(([, each]) => each.plan.id === plan) ?? []
      if (!planned || name === undefined || streams.get(name) !== planned.stream) {
        throw new LiveError('NO_PLAN', 'What is to be replayed has changed since it was shown: look at it again.')
      }
      plans.delete(name)
      const task = tasks.start(id, 'replay')
      failing(task, () => replay(planned, { task, outlet, clock })).catch(() => {}) // the task tells it
    },
  }
}

function recordingTarget(owner: string, startedAtMs: number): RecordingTarget {
  if (!canStore()) return new MemoryTarget('This browser keeps no files for a page at such an address.')
  return new StoredTarget(owner, `${startedAtMs}-${crypto.randomUUID().slice(0, 8)}`)
}

/** Makes a failure the task's too. */
async function failing<T>(task: Task, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    task.fail(messageOf(error))
    throw error
  }
}
