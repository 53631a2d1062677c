import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Flash, useFlash } from '../flash/flash.tsx'
import { holdWork, releaseWork } from '../unsaved/unsaved-work.ts'
import type { Plan } from './plan.ts'
import { PlanRun } from './plan-run.ts'
import { PlanRunDialog, standWords } from './plan-run-dialog.tsx'

interface Plans {
  /** Begins a plan, and shows how it goes on; one of the same id that is under way is shown instead. */
  readonly start: (plan: Plan) => void
}

const PlansContext = createContext<Plans | undefined>(undefined)

/** Plans go on when the page is left: the flashbar tells of them. */
export function PlanProvider({ children }: { readonly children: ReactNode }) {
  const { flash, dismiss } = useFlash()
  const runs = useRef(new Map<string, PlanRun>())
  const [shown, setShown] = useState<PlanRun>()
  const looked = useRef<PlanRun>(undefined)
  looked.current = shown

  const show = useCallback(
    (run: PlanRun) => {
      dismiss(flashIdOf(run))
      setShown(run)
    },
    [dismiss],
  )
  const follow = useCallback(
    (run: PlanRun) => {
      const key = flashIdOf(run)
      if (run.isUnderWay) holdWork(key, `the rest of ‘${run.plan.title}’`)
      else releaseWork(key)
      const isOver = run.progress().phase === 'done' || run.progress().phase === 'undone'
      // Whoever looks at the steps sees why it stopped; what is over needs no more looking.
      if (looked.current === run) {
        if (!isOver) return
        setShown(undefined)
      }
      flash(flashOf(run, () => show(run)))
    },
    [flash, show],
  )
  const start = useCallback(
    (plan: Plan) => {
      const before = runs.current.get(plan.id)
      if (before?.isUnderWay) return show(before)
      const run = new PlanRun(plan)
      runs.current.set(plan.id, run)
      run.subscribe(() => follow(run))
      looked.current = run
      show(run)
      void run.go()
    },
    [follow, show],
  )
  const plans = useMemo(() => ({ start }), [start])
  useEffect(() => {
    const all = runs.current
    return () => {
      for (const run of all.values()) releaseWork(flashIdOf(run))
    }
  }, [])
  return (
    <PlansContext value={plans}>
      {children}
      {shown && (
        <PlanRunDialog
          run={shown}
          onClose={() => {
            setShown(undefined)
            looked.current = undefined
            flash(flashOf(shown, () => show(shown)))
          }}
        />
      )}
    </PlansContext>
  )
}

export function usePlans(): Plans {
  const plans = use(PlansContext)
  if (!plans) throw new Error('usePlans needs a PlanProvider')
  return plans
}

const flashIdOf = ({ plan }: PlanRun) => `plan ${plan.id}`

/** What the flashbar says of a plan as it stands. */
function flashOf(run: PlanRun, show: () => void): Flash {
  const progress = run.progress()
  const { phase, steps, error, canUndo } = progress
  const current = steps.find(({ state }) => state === 'running' || state === 'undoing')
  const undo = canUndo && !run.isUnderWay && <Button onClick={() => void run.undo()}>Undo</Button>
  const showSteps = <Button onClick={show}>Show the steps</Button>
  const head = { id: flashIdOf(run), header: phase === 'done' ? run.plan.done : run.plan.title }
  if (phase === 'done') return { ...head, type: 'success', ...(undo && { action: undo }) }
  if (phase === 'undone') return { ...head, type: 'info', content: standWords(progress), action: showSteps }
  if (run.isUnderWay) {
    return {
      ...head,
      type: 'in-progress',
      content: `${standWords(progress)} ${current?.words ?? ''}`,
      action: showSteps,
    }
  }
  return {
    ...head,
    type: error ? 'error' : 'warning',
    content: `${standWords(progress)} ${error?.message ?? ''}`,
    action: (
      <SpaceBetween direction="horizontal" size="xs">
        {undo}
        {showSteps}
      </SpaceBetween>
    ),
  }
}
