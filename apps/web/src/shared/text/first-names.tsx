import type { ReactNode } from 'react'
import { formatCount } from '../format.ts'

interface FirstNamesProps {
  readonly names: readonly string[]
  /** Of all that there are; `names` may have the first of them alone. */
  readonly count: number
  /** So many are named. */
  readonly most: number
  readonly show: (name: string) => ReactNode
}

/** `pump-1, pump-2, pump-3 and 12 more` */
export function FirstNames({ names, count, most, show }: FirstNamesProps) {
  const more = count - Math.min(most, names.length)
  return (
    <>
      {names.slice(0, most).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          {show(name)}
        </span>
      ))}
      {more > 0 && ` and ${formatCount(more)} more`}
    </>
  )
}
