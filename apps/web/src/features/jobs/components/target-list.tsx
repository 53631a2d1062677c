import Link from '@cloudscape-design/components/link'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { targetOf } from '../words/targets.ts'

/** So many are named; the rest is counted. */
const MOST_NAMED = 12

/** What a job is for, each a way there. */
export function TargetList({ arns }: { readonly arns: readonly string[] }) {
  const rest = arns.length - MOST_NAMED
  return (
    <ul className="td-plain-list">
      {arns.slice(0, MOST_NAMED).map((arn) => {
        const { kind, name } = targetOf(arn)
        return (
          <li key={arn}>
            {kind === 'other' ? (
              <NameText text={name} />
            ) : (
              <>
                {kind === 'group' && 'group '}
                <Link href={kind === 'group' ? paths.thingGroup(name) : paths.thing(name)}>
                  <NameText text={name} />
                </Link>
              </>
            )}
          </li>
        )
      })}
      {rest > 0 && <li className="td-weak">and {formatCount(rest)} more</li>}
    </ul>
  )
}
