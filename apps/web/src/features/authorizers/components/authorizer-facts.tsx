import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { Authorizer } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { authorizerQuery } from '../../../shared/authorizers/authorizer-queries.ts'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { FirstNames } from '../../../shared/text/first-names.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { useAuthorizerUses } from '../use-authorizer-uses.ts'

export function AuthorizerStatus({ status }: { readonly status: Authorizer['status'] }) {
  return <StatusIndicator type={status === 'ACTIVE' ? 'success' : 'stopped'}>{status}</StatusIndicator>
}

/** The name of a function, without what all ARNs of functions begin with. */
export const functionName = (arn: string): string => arn.replace(/^.*?:function:/, '')

/** What is set of an authorizer. */
export function AuthorizerFacts({ authorizer }: { readonly authorizer: Authorizer }) {
  const { authorizerArn, authorizerFunctionArn, signingDisabled, tokenKeyName, createdAt, changedAt } = authorizer
  return (
    <Facts
      facts={[
        { label: 'Status', value: <AuthorizerStatus status={authorizer.status} /> },
        { label: 'Function', copy: authorizerFunctionArn, what: 'ARN of the function' },
        {
          label: 'Signing',
          value: signingDisabled
            ? 'Off: the function alone decides whose credentials are good'
            : 'On: AWS IoT verifies the token before it calls the function',
        },
        tokenKeyName === undefined ? undefined : { label: 'Token is sent as', copy: tokenKeyName },
        {
          label: 'Caching for HTTP',
          value: authorizer.enableCachingForHttp
            ? 'On: one answer serves a kept connection until it is to be refreshed'
            : 'Off: the function is called for each request',
        },
        { label: 'ARN', copy: authorizerArn },
        createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
        changedAt === undefined ? undefined : { label: 'Changed', value: <Age atMs={Date.parse(changedAt)} /> },
      ]}
    />
  )
}

/** The same without leaving the list. */
export function AuthorizerLook({ authorizerName }: { readonly authorizerName: string }) {
  const { data, error, refetch } = useQuery(authorizerQuery(authorizerName))
  if (error) return <ErrorAlert error={error} what="The authorizer could not be read" onRetry={() => void refetch()} />
  return data ? <AuthorizerFacts authorizer={data} /> : <Loading what="authorizer" />
}

interface CellProps {
  readonly authorizerName: string
  readonly show: (authorizer: Authorizer) => ReactNode
}

/** Of a row: AWS lists the names alone, and the rest is read when the row is shown. */
export function AuthorizerCell({ authorizerName, show }: CellProps) {
  const { data, error } = useQuery(authorizerQuery(authorizerName))
  if (error) return <span className="td-weak">Not read</span>
  return data ? show(data) : <span className="td-weak">…</span>
}

/** Of a row: whether it is asked where nobody names one, and by which domains. */
export function AuthorizerUsesCell({ authorizerName }: { readonly authorizerName: string }) {
  const { uses, error } = useAuthorizerUses(authorizerName)
  if (error) return <span className="td-weak">Not read</span>
  if (!uses) return <span className="td-weak">…</span>
  if (!uses.isDefault && uses.domains.length === 0) return 'by name alone'
  return (
    <>
      {uses.isDefault && <StatusIndicator type="info">Default</StatusIndicator>}
      {uses.isDefault && uses.domains.length > 0 && ' · '}
      <FirstNames
        names={uses.domains.map(({ domainConfigurationName }) => domainConfigurationName)}
        count={uses.domains.length}
        most={2}
        show={(name) => (
          <Link href={paths.domainConfiguration(name)}>
            <NameText text={name} />
          </Link>
        )}
      />
    </>
  )
}
