import { expect, test, vi } from 'vitest'
import { ApiError } from '../http.ts'
import type { Plan, PlanStep } from './plan.ts'
import { PlanRun } from './plan-run.ts'

const unanswered = () => new ApiError({ code: 'NETWORK', message: 'No answer.', status: 0 })
const refused = () => new ApiError({ code: 'DeleteConflictException', message: 'It is attached.', status: 409 })

/** Steps a, b, c of a world that is the set of what was done. */
function planOf(fails: Partial<Record<string, () => Error | undefined>> = {}, withoutUndo: readonly string[] = []) {
  const world: string[] = []
  const step = (id: string): PlanStep => ({
    id,
    words: `Do ${id}`,
    run: async () => {
      const error = fails[id]?.()
      if (error) throw error
      if (!world.includes(id)) world.push(id)
    },
    ...(!withoutUndo.includes(id) && {
      undo: async () => {
        const error = fails[`undo ${id}`]?.()
        if (error) throw error
        const at = world.indexOf(id)
        if (at >= 0) world.splice(at, 1)
      },
    }),
  })
  const onChange = vi.fn()
  const onDone = vi.fn()
  const onEnd = vi.fn()
  const steps = ['a', 'b', 'c'].map(step)
  const plan: Plan = { id: 'p', title: 'P', done: 'P was done', steps, onChange, onDone, onEnd }
  return { run: new PlanRun(plan), world, onChange, onDone, onEnd }
}

const states = ({ progress }: PlanRun) =>
  progress()
    .steps.map(({ state }) => state)
    .join(' ')

test('steps are done one after the other, and all of it can be put back, the last first', async () => {
  const { run, world, onChange, onDone } = planOf()
  const told: string[] = []
  run.subscribe(() => told.push(states(run)))
  await run.go()
  expect(world).toEqual(['a', 'b', 'c'])
  expect(told).toContain('done running waiting')
  expect(told).not.toContain('running running waiting')
  expect(run.progress()).toMatchObject({ phase: 'done', canUndo: true })
  expect(onChange).toHaveBeenCalledTimes(3)
  expect(onDone).toHaveBeenCalledOnce()
  await run.undo()
  expect(world).toEqual([])
  expect(told).toContain('done undoing undone')
  expect(run.progress()).toMatchObject({ phase: 'undone', canUndo: false })
})

test('stops at the first failure, says what was done and what not, and goes on from there', async () => {
  let isAttached = true
  const { run, world, onDone, onEnd } = planOf({ b: () => (isAttached ? refused() : undefined) })
  await run.go()
  expect(states(run)).toBe('done failed waiting')
  expect(run.progress()).toMatchObject({ phase: 'stopped', error: { message: 'It is attached.' }, canUndo: true })
  expect(onDone).not.toHaveBeenCalled()
  expect(onEnd).toHaveBeenCalledOnce()
  isAttached = false
  await run.go()
  expect(world).toEqual(['a', 'b', 'c'])
  expect(run.progress().error).toBeUndefined()
  expect(onDone).toHaveBeenCalledOnce()
})

test('what failed without an answer may have been done: it is put back, too; what was refused is not', async () => {
  for (const [why, undone] of [
    [unanswered, 'undone undone waiting'],
    [refused, 'undone failed waiting'],
  ] as const) {
    const { run } = planOf({ b: why })
    await run.go()
    await run.undo()
    expect(states(run)).toBe(undone)
  }
})

test('a step tells how far it is while it is under way, and what it did before it was refused is put back, too', async () => {
  const world: string[] = []
  const notes: (string | undefined)[] = []
  const step: PlanStep = {
    id: 'many',
    words: 'Do many',
    isInParts: true,
    run: async (tell) => {
      world.push('first')
      tell('1 of 2')
      throw refused()
    },
    undo: async () => void world.pop(),
  }
  const run = new PlanRun({ id: 'p', title: 'P', done: 'P was done', steps: [step] })
  run.subscribe(() => notes.push(run.progress().steps[0]?.note))
  await run.go()
  expect(notes).toContain('1 of 2')
  expect(run.progress()).toMatchObject({ phase: 'stopped', canUndo: true, steps: [{ id: 'many', state: 'failed' }] })
  expect(run.progress().steps[0]?.note).toBeUndefined()
  await run.undo()
  expect(world).toEqual([])
})

test('behind a step that cannot be put back, nothing is: what came before stands on it', async () => {
  const last = planOf({}, ['c'])
  await last.run.go()
  expect(last.run.progress().canUndo).toBe(false)
  const middle = planOf({}, ['b'])
  await middle.run.go()
  await middle.run.undo()
  expect(states(middle.run)).toBe('done done undone')
})

test('an undo that fails says so, and can be tried again', async () => {
  let isRefused = true
  const { run, world } = planOf({ 'undo b': () => (isRefused ? refused() : undefined) })
  await run.go()
  await run.undo()
  expect(states(run)).toBe('done undo-failed undone')
  expect(run.progress()).toMatchObject({ phase: 'undo-stopped', canUndo: true })
  isRefused = false
  await run.undo()
  expect(world).toEqual([])
  expect(run.progress().phase).toBe('undone')
})

test('said to stop, it ends after the step that is under way, and goes on when told', async () => {
  const { run, world } = planOf()
  const unsubscribe = run.subscribe(() => {
    if (states(run) === 'running waiting waiting') run.stop()
  })
  await run.go()
  expect(world).toEqual(['a'])
  expect(run.progress()).toMatchObject({ phase: 'stopped', canUndo: true })
  expect(run.progress().error).toBeUndefined()
  unsubscribe()
  await run.go()
  expect(world).toEqual(['a', 'b', 'c'])
})

test('what is under way is not begun a second time', async () => {
  const { run, onDone } = planOf()
  await Promise.all([run.go(), run.go(), run.undo()])
  expect(run.progress().phase).toBe('done')
  expect(onDone).toHaveBeenCalledOnce()
})
