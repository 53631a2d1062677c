import { setFlagsFromString } from 'node:v8'

/**
 * Of V8, which reads them at each collection, so that they can be set while the program runs.
 *
 * - A young generation that has to grow grows to its full size at once: 1 MB of it is full, and collected, every few
 *   milliseconds while a broker is flooded.
 * - The old generation is marked when four fifths of what it may grow to are used. V8 begins as soon as what is left is
 *   less than the young generation, which with a small heap and a large young generation is always.
 */
export const SHORT_PAUSE_FLAGS = [
  '--semi-space-growth-factor=16',
  '--incremental-marking-soft-trigger=80',
  '--incremental-marking-hard-trigger=95',
] as const

/**
 * Has V8 collect garbage less often, so that fewer messages wait for that: for a program that is a broker, at its start.
 * It concerns the whole process, which gets larger for it once there is much to do, and not before.
 */
export function preferShortPauses(): void {
  for (const flag of SHORT_PAUSE_FLAGS) setFlagsFromString(flag)
}
