import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useEffect, useRef } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { formatCount } from '../../../../shared/format.ts'
import type { TaskView } from '../../protocol/task.ts'
import { useLiveClient } from '../client.ts'
import { isUnderWay, useTask } from './use-task.ts'

/** Says above every page how far a task is, with buttons to pause and stop it, and at last how it went. */
export function useTaskFlash(): (id: string, what: string) => void {
  const { flash } = useFlash()
  return useCallback(
    (id, what) =>
      flash({
        id,
        type: 'in-progress',
        header: what,
        content: <TaskProgress id={id} onEnd={(task) => flash(ending(task, what))} />,
        action: <TaskButtons id={id} />,
      }),
    [flash],
  )
}

function ending(task: TaskView, what: string) {
  return {
    id: task.id,
    type: endingType(task),
    header: `${what}: ${task.state}`,
    content: progressWords(task),
  } as const
}

/** Only what was done whole is a success. Who stopped something knows that it is not; what was refused they do not. */
export function endingType({ state, publish, done, total = done }: TaskView): 'success' | 'info' | 'warning' | 'error' {
  if (state === 'failed') return 'error'
  if ((publish?.refused ?? 0) > 0) return 'warning'
  if (state === 'stopped') return 'info'
  return done < total ? 'warning' : 'success'
}

interface TaskProgressProps {
  readonly id: string
  /** The task is over: told once. */
  readonly onEnd?: (task: TaskView) => void
}

export function TaskProgress({ id, onEnd }: TaskProgressProps) {
  const task = useTask(id)
  const tell = useRef(onEnd)
  useEffect(() => {
    if (task === undefined || isUnderWay(task)) return
    tell.current?.(task)
    tell.current = undefined
  }, [task])
  return task ? progressWords(task) : 'Starting …'
}

/** `120 of 500 messages, 2 refused, 5/s` */
export function progressWords(task: TaskView): string {
  const { publish, done, total, note } = task
  const parts = [
    `${formatCount(done)}${total === undefined ? '' : ` of ${formatCount(total)}`} ${(total ?? done) === 1 ? 'message' : 'messages'}`,
    publish && publish.refused > 0 && `${formatCount(publish.refused)} refused: ${publish.lastRefusal?.reason ?? ''}`,
    publish && isUnderWay(task) && `${formatCount(publish.perSecond)}/s`,
    task.state === 'paused' && 'paused',
  ]
  return [parts.filter(Boolean).join(', '), note].filter(Boolean).join('. ')
}

/** Pause, resume and stop, as far as the task can. */
export function TaskButtons({ id }: { readonly id: string }) {
  const client = useLiveClient()
  const task = useTask(id)
  if (task === undefined || !isUnderWay(task)) return null
  const control = (action: 'pause' | 'resume' | 'stop') => void client.call('live.controlTask', { task: id, action })
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {task.publish !== undefined && (
        <Button formAction="none" onClick={() => control(task.state === 'paused' ? 'resume' : 'pause')}>
          {task.state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      <Button formAction="none" onClick={() => control('stop')}>
        Stop
      </Button>
    </SpaceBetween>
  )
}
