import { useQuery } from '@tanstack/react-query'
import type { RoleAlias } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { roleAliasQuery } from '../api.ts'
import { durationInWords } from '../duration-words.ts'

/** Which role, and for how long. */
export function RoleAliasFacts({ alias }: { readonly alias: RoleAlias }) {
  const { roleArn, roleAliasArn, credentialDurationSeconds, createdAt, changedAt } = alias
  return (
    <Facts
      facts={[
        { label: 'Role', copy: roleArn, what: 'ARN of the role' },
        { label: 'Credentials are good for', value: durationInWords(credentialDurationSeconds) },
        { label: 'ARN', copy: roleAliasArn },
        createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
        changedAt === undefined ? undefined : { label: 'Changed', value: <Age atMs={Date.parse(changedAt)} /> },
      ]}
    />
  )
}

/** The same without leaving the list. */
export function RoleAliasLook({ roleAlias }: { readonly roleAlias: string }) {
  const { data, error, refetch } = useQuery(roleAliasQuery(roleAlias))
  if (error) return <ErrorAlert error={error} what="The role alias could not be read" onRetry={() => void refetch()} />
  return data ? <RoleAliasFacts alias={data} /> : <Loading what="role alias" />
}

/** Of a row: the role, without what all ARNs of roles begin with. */
export function RoleAliasRole({ roleAlias }: { readonly roleAlias: string }) {
  const { data, error } = useQuery(roleAliasQuery(roleAlias))
  if (error) return 'Not read'
  return data ? <NameText text={data.roleArn.replace(/^.*?:role\//, '')} /> : '…'
}

/** Of a row. */
export function RoleAliasDuration({ roleAlias }: { readonly roleAlias: string }) {
  const { data, error } = useQuery(roleAliasQuery(roleAlias))
  if (error) return 'Not read'
  return data ? durationInWords(data.credentialDurationSeconds) : '…'
}
