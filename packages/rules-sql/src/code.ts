import type { Frame } from './frame.ts'
import type { Value } from './value.ts'

/**
 * A compiled expression: a closure, and no text that is evaluated. It is asynchronous only where a function within it
 * asks AWS.
 */
export type Code =
  | {
      readonly isAsync: false
      readonly run: (frame: Frame) => Value
      /** Of a constant its value. */
      readonly known?: { readonly value: Value }
    }
  | { readonly isAsync: true; readonly run: (frame: Frame) => Promise<Value> }

export function sync(run: (frame: Frame) => Value): Code {
  return { isAsync: false, run }
}

export function constant(value: Value): Code {
  return { isAsync: false, run: () => value, known: { value } }
}

/** What `combine` makes of one value. */
export function map1(code: Code, combine: (value: Value, frame: Frame) => Value): Code {
  if (!code.isAsync) {
    const { run } = code
    return sync((frame) => combine(run(frame), frame))
  }
  return { isAsync: true, run: async (frame) => combine(await code.run(frame), frame) }
}

/** What `combine` makes of all values, one after the other. */
export function mapAll(codes: readonly Code[], combine: (values: Value[], frame: Frame) => Value): Code {
  const runs = syncRuns(codes)
  if (runs !== undefined) {
    const [first, second] = runs
    // Most calls have one argument or two: for those a list is written down at once.
    if (first === undefined) return sync((frame) => combine([], frame))
    if (second === undefined) return sync((frame) => combine([first(frame)], frame))
    if (runs.length === 2) return sync((frame) => combine([first(frame), second(frame)], frame))
    return sync((frame) =>
      combine(
        runs.map((run) => run(frame)),
        frame,
      ),
    )
  }
  return { isAsync: true, run: async (frame) => combine(await runAll(codes, frame), frame) }
}

/** Their closures, where none of them is asynchronous. */
export function syncRuns(codes: readonly Code[]): ((frame: Frame) => Value)[] | undefined {
  const runs = codes.flatMap((code) => (code.isAsync ? [] : [code.run]))
  return runs.length === codes.length ? runs : undefined
}

/** One after the other, as the calls that they make may have an order. */
export async function runAll(codes: readonly Code[], frame: Frame): Promise<Value[]> {
  const values: Value[] = []
  for (const code of codes) values.push(await code.run(frame))
  return values
}
