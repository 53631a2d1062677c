import type { MessageScope } from '../../protocol/record.ts'
import type { LiveStream } from '../stream/stream.ts'
import type { Task } from '../tasks/task.ts'
import { TURN_MS, type Turns } from '../turns.ts'

/** The rows meant, as they are now, oldest first. */
export function sequencesOf(stream: LiveStream, scope: MessageScope): readonly number[] {
  if (scope.kind !== 'sequences') return [...stream.shown.sequences(scope.kind)]
  return scope.sequences.toSorted((a, b) => a - b)
}

const PER_LOOK = 64

/** Visits each, giving way to messages and questions every few ms, until the task is stopped. */
export async function eachInTurns(
  sequences: readonly number[],
  turns: Turns,
  task: Task,
  visit: (sequence: number) => void,
  betweenTurns: () => Promise<void> = async () => {},
): Promise<void> {
  let startedMs = turns.nowMs()
  for (const [index, sequence] of sequences.entries()) {
    visit(sequence)
    if (index % PER_LOOK !== 0 || turns.nowMs() - startedMs < TURN_MS) continue
    task.progress(index + 1, sequences.length)
    await betweenTurns()
    await new Promise<void>((resolve) => turns.next(resolve))
    if (task.signal.aborted) return
    startedMs = turns.nowMs()
  }
  task.progress(sequences.length, sequences.length)
}
