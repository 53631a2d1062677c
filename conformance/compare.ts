import { isDeepStrictEqual } from 'node:util'
import type { Observed } from './observation.ts'

/** One place at which something else was observed than expected. */
export interface Difference {
  /** `created.thingArn` */
  readonly path: string
  /** Left out where nothing was expected, as `observed` where nothing came. */
  readonly expected?: Observed
  readonly observed?: Observed
  /** It is the wording of a refusal alone. */
  readonly isWording: boolean
}

type Members = Readonly<Record<string, Observed>>

/** Every place at which two observations differ, as deep as both are of one shape. */
export function findDifferences(
  expected: Observed | undefined,
  observed: Observed | undefined,
  path = '',
): Difference[] {
  if (isDeepStrictEqual(expected, observed)) return []
  if (isMembers(expected) && isMembers(observed)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(observed)])]
    return names.flatMap((name) =>
      findDifferences(expected[name], observed[name], path === '' ? name : `${path}.${name}`),
    )
  }
  if (Array.isArray(expected) && Array.isArray(observed) && expected.length === observed.length) {
    return expected.flatMap((item, index) => findDifferences(item, observed[index], `${path}[${index}]`))
  }
  return [
    {
      path,
      ...(expected !== undefined && { expected }),
      ...(observed !== undefined && { observed }),
      isWording: /(?:^|\.)(?:words|message)$/.test(path),
    },
  ]
}

const isMembers = (value: Observed | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
