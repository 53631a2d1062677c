import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { IdentityPool } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { identityPoolQuery } from '../api.ts'
import { roleName } from '../role-name.ts'

/** What a pool is, and which roles it gives without a mapping. */
export function PoolFacts({ pool }: { readonly pool: IdentityPool }) {
  const { identityPoolId, allowsUnauthenticated, allowsClassicFlow, providers, roles } = pool
  return (
    <Facts
      facts={[
        { label: 'Identity pool id', copy: identityPoolId },
        { label: 'Signs in by', value: <Providers providers={providers} /> },
        {
          label: 'Guests',
          value: allowsUnauthenticated ? (
            <StatusIndicator type="warning">Anybody gets credentials without a login</StatusIndicator>
          ) : (
            <StatusIndicator type="success">Not without a login</StatusIndicator>
          ),
        },
        { label: 'Basic flow', value: allowsClassicFlow ? 'Allowed: roles are assumed with a token' : 'Not allowed' },
        { label: 'Role of who signed in', value: roles ? <RoleOf arn={roles.authenticated} as="cognito" /> : NOT_READ },
        { label: 'Role of guests', value: roles ? <RoleOf arn={roles.unauthenticated} as="guest" /> : NOT_READ },
      ]}
    />
  )
}

const NOT_READ = 'Not read: the console’s role needs cognito-identity:GetIdentityPoolRoles'

interface RoleOfProps {
  readonly arn: string | undefined
  readonly as: 'cognito' | 'guest'
}

/** A role, and the way to ask what it may do. */
export function RoleOf({ arn, as }: RoleOfProps) {
  if (arn === undefined) return 'None'
  const name = roleName(arn)
  return (
    <>
      <NameText text={name} />{' '}
      <Link
        href={paths.simulator({ as, iam: `role/${name}`, check: ['iot:Connect'] })}
        ariaLabel={`What may ${name} do?`}
      >
        What may it do?
      </Link>
    </>
  )
}

function Providers({ providers }: Pick<IdentityPool, 'providers'>) {
  if (providers.length === 0) return 'Nobody: only guests'
  return (
    <SpaceBetween size="xxs">
      {providers.map(({ kind, name, clientId, serverSideTokenCheck }) => (
        <span key={`${kind} ${name} ${clientId}`}>
          <NameText text={name} />
          {clientId !== undefined && <span className="td-weak"> · client {clientId}</span>}
          {serverSideTokenCheck && <span className="td-weak"> · sign-outs end at once</span>}
        </span>
      ))}
    </SpaceBetween>
  )
}

/** The same without leaving the list. */
export function PoolLook({ identityPoolId }: { readonly identityPoolId: string }) {
  const { data, error, refetch } = useQuery(identityPoolQuery(identityPoolId))
  if (error)
    return <ErrorAlert error={error} what="The identity pool could not be read" onRetry={() => void refetch()} />
  return data ? <PoolFacts pool={data} /> : <Loading what="identity pool" />
}

/** Of a row. */
export function PoolProviders({ identityPoolId }: { readonly identityPoolId: string }) {
  const { data, error } = useQuery(identityPoolQuery(identityPoolId))
  if (error) return 'Not read'
  return data ? <Providers providers={data.providers} /> : '…'
}
