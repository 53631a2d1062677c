import Link from '@cloudscape-design/components/link'
import type { Policy } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { Age } from '../../../shared/time.tsx'

/** What is known of a policy beside its document. */
export function PolicyFacts({ policy }: { readonly policy: Policy }) {
  const { policyName, policyArn, defaultVersionId, versions, createdAt, changedAt } = policy
  return (
    <Facts
      facts={[
        {
          label: 'Default version',
          value: (
            <>
              {defaultVersionId} of{' '}
              <Link href={paths.policy(policyName, { tab: 'versions' })}>
                {versions.length} {versions.length === 1 ? 'version' : 'versions'}
              </Link>
            </>
          ),
        },
        createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
        changedAt === undefined ? undefined : { label: 'Changed', value: <Age atMs={Date.parse(changedAt)} /> },
        { label: 'ARN', copy: policyArn },
      ]}
    />
  )
}
