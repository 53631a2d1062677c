import { ApiError } from '../http.ts'
import { messageOf } from '../message-of.ts'
import type { Plan, PlanPhase, PlanProgress, StepState } from './plan.ts'

/** Nobody answered, or not to the point: the step may have been done all the same. */
const isOutcomeUnknown = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500)

/**
 * A plan under way. It needs no page: steps are done one after the other until one fails. From there it goes on, or
 * what was done is put back, the last first.
 */
export class PlanRun {
  readonly plan: Plan
  readonly #states: StepState[]
  readonly #listeners = new Set<() => void>()
  /** Failed without an answer, or in a part: to be put back as if they had been done. */
  readonly #perhapsDone = new Set<number>()
  #phase: PlanPhase = 'stopped'
  /** What the step that is under way told of itself. */
  #note: string | undefined
  #error: Error | undefined
  #isStopping = false
  #progress: PlanProgress

  constructor(plan: Plan) {
    this.plan = plan
    this.#states = plan.steps.map(() => 'waiting')
    this.#progress = this.#snapshot()
  }

  /** The same value until something changes. */
  readonly progress = (): PlanProgress => this.#progress

  /** @returns what ends the subscription */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  get isUnderWay(): boolean {
    return this.#phase === 'running' || this.#phase === 'undoing'
  }

  /** Begins, or goes on where it stopped. Resolves when it is over or stopped; it never rejects. */
  async go(): Promise<void> {
    if (this.isUnderWay || this.#phase === 'done') return
    this.#begin('running')
    for (const [index, step] of this.plan.steps.entries()) {
      if (this.#states[index] === 'done') continue
      if (this.#isStopping) return this.#end('stopped')
      this.#set(index, 'running')
      try {
        await step.run(this.#tellNote)
        this.#perhapsDone.delete(index)
        this.#set(index, 'done')
      } catch (error) {
        if (step.isInParts || isOutcomeUnknown(error)) this.#perhapsDone.add(index)
        this.#fail(index, 'failed', error)
        return this.#end('stopped')
      }
      this.plan.onChange?.()
    }
    this.#end('done')
    this.plan.onDone?.()
  }

  /** Ends it after the step that is under way. */
  stop(): void {
    if (this.#phase !== 'running' || this.#isStopping) return
    this.#isStopping = true
    this.#tell()
  }

  /** Puts back what was done, the last first, as far as that goes. Resolves as {@link go} does. */
  async undo(): Promise<void> {
    if (this.isUnderWay) return
    this.#begin('undoing')
    for (const index of this.#undoable()) {
      this.#set(index, 'undoing')
      try {
        await this.plan.steps[index]?.undo?.(this.#tellNote)
        this.#perhapsDone.delete(index)
        this.#set(index, 'undone')
      } catch (error) {
        this.#fail(index, 'undo-failed', error)
        return this.#end('undo-stopped')
      }
      this.plan.onChange?.()
    }
    this.#end('undone')
  }

  /** From the last that was done back to the first, or to one that cannot be put back: what was before stands on it. */
  #undoable(): number[] {
    const found: number[] = []
    for (const [index, { undo }] of [...this.plan.steps.entries()].reverse()) {
      const state = this.#states[index]
      const isThere = state === 'done' || state === 'undo-failed' || this.#perhapsDone.has(index)
      if (!isThere) continue
      if (!undo) break
      found.push(index)
    }
    return found
  }

  #begin(phase: PlanPhase): void {
    this.#phase = phase
    this.#error = undefined
    this.#isStopping = false
    this.#tell()
  }

  #end(phase: PlanPhase): void {
    this.#phase = phase
    this.#isStopping = false
    this.#tell()
    this.plan.onEnd?.()
  }

  readonly #tellNote = (note: string): void => {
    this.#note = note
    this.#tell()
  }

  #set(index: number, state: StepState): void {
    this.#states[index] = state
    this.#note = undefined
    this.#tell()
  }

  #fail(index: number, state: StepState, error: unknown): void {
    this.#error = error instanceof Error ? error : new Error(messageOf(error))
    this.#set(index, state)
    this.plan.onChange?.()
  }

  #tell(): void {
    this.#progress = this.#snapshot()
    for (const listener of [...this.#listeners]) listener()
  }

  #snapshot(): PlanProgress {
    return {
      phase: this.#phase,
      steps: this.plan.steps.map(({ id, words }, index) => {
        const state = this.#states[index] ?? 'waiting'
        const isUnderWay = state === 'running' || state === 'undoing'
        return { id, words, state, ...(isUnderWay && this.#note !== undefined && { note: this.#note }) }
      }),
      ...(this.#error && { error: this.#error }),
      isStopping: this.#isStopping,
      canUndo: this.#undoable().length > 0,
    }
  }
}
