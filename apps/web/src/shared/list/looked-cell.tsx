import type { ThingsCount } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { formatCount } from '../format.ts'

/** A cell of what is asked for row by row: `null` while it is, undefined where it could not be read. */
export function looked<Look>(look: Look | null | undefined, show: (look: Look) => ReactNode): ReactNode {
  if (look === null) return <span className="td-weak">…</span>
  return look === undefined ? <span className="td-weak">Not read</span> : (show(look) ?? '–')
}

/** `1,204`, `more than 250`. */
export const countText = ({ count, isAtLeast }: ThingsCount): string =>
  `${isAtLeast ? 'more than ' : ''}${formatCount(count)}`

/** `no things`, `1 thing`, `more than 250 things`. */
export const thingsText = (things: ThingsCount): string =>
  things.count === 0 ? 'no things' : `${countText(things)} ${things.count === 1 ? 'thing' : 'things'}`
