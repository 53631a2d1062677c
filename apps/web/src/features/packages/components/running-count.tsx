import Link from '@cloudscape-design/components/link'
import type { PackageLook } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { runningQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { uncountedInWords } from '../words.ts'

interface RunningCountProps {
  readonly look: PackageLook
  readonly defaultVersionName: string | undefined
}

/** `912 things: 870 on 2.1 (95 %)`, each a way to these things. */
export function RunningCount({ look, defaultVersionName }: RunningCountProps) {
  const { packageName, outcome, things = 0, onDefault } = look
  if (outcome !== 'counted') return <span className="td-weak">{uncountedInWords(outcome)}</span>
  if (things === 0) return <span className="td-weak">none</span>
  return (
    <>
      <Link href={paths.things({ query: runningQuery(packageName) })}>{formatCounted(things, 'thing')}</Link>
      {onDefault !== undefined && defaultVersionName !== undefined && (
        <>
          {': '}
          <Link href={paths.things({ query: runningQuery(packageName, defaultVersionName) })}>
            {formatCount(onDefault)}
          </Link>{' '}
          on {visible(defaultVersionName)} ({Math.round((onDefault / things) * 100)} %)
        </>
      )}
    </>
  )
}
