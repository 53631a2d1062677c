import Link from '@cloudscape-design/components/link'
import type { PolicyReach } from '@thingdeck/contract'
import { Fragment } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { VisibleText } from '../../../shared/text/visible.tsx'

const NAMED = 3

interface ReachCellProps {
  /** Undefined: it was not looked at. */
  readonly reach: PolicyReach | undefined
  readonly error: Error | undefined
}

/** The things of a target: the first by name, how many, and how many of them are connected. */
export function ReachCell({ reach, error }: ReachCellProps) {
  if (error) {
    return (
      <span className="td-weak">
        not known: <VisibleText text={error.message} />
      </span>
    )
  }
  if (!reach) return <span className="td-weak">…</span>
  const { things, hasMore } = reach
  if (things.length === 0) return <span className="td-weak">none</span>
  const connected = things.filter((thing) => thing.connected).length
  const more = things.length - NAMED
  return (
    <>
      {things.slice(0, NAMED).map(({ thingName }, index) => (
        <Fragment key={thingName}>
          {index > 0 && ', '}
          <Link href={paths.thing(thingName)}>
            <NameText text={thingName} />
          </Link>
        </Fragment>
      ))}
      {(more > 0 || hasMore) && ` and ${hasMore ? 'at least ' : ''}${formatCount(Math.max(more, 1))} more`}
      <span className="td-weak"> · {formatCount(connected)} connected</span>
    </>
  )
}
