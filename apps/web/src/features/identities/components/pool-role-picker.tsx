import Autosuggest from '@cloudscape-design/components/autosuggest'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../../shared/message-of.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { poolRolesQuery } from '../api.ts'

interface PoolRolePickerProps {
  readonly identityPoolId: string
  /** Who would get it. */
  readonly of: 'authenticated' | 'unauthenticated'
  readonly label: string
  /** Its ARN. */
  readonly value: string
  readonly onChange: (roleArn: string) => void
  readonly onBlur?: () => void
  readonly isInvalid?: boolean
}

/** A role that the pool may give, of those that there are, or by its ARN; one that does not trust the pool is said. */
export function PoolRolePicker(props: PoolRolePickerProps) {
  const { identityPoolId, of, label, value, onChange, onBlur, isInvalid = false } = props
  const mayNot = useWhyNot('admin')
  const { data, error, isFetching } = useQuery({ ...poolRolesQuery(identityPoolId), enabled: mayNot === undefined })
  const roles = (data?.roles ?? []).filter((role) => role[of])
  const isStranger =
    data?.outcome === 'read' && data.isAll && /:role\/./.test(value) && roles.every(({ roleArn }) => roleArn !== value)
  return (
    <>
      <Autosuggest
        ariaLabel={label}
        value={value}
        placeholder="arn:aws:iam::ACCOUNT:role/NAME"
        onChange={({ detail }) => onChange(detail.value.trim())}
        {...(onBlur && { onBlur })}
        options={roles.map(({ roleName, roleArn, description }) => ({
          value: roleArn,
          label: roleName,
          ...(description !== undefined && { description }),
        }))}
        enteredTextLabel={(text) => `Use: ${text}`}
        hideEnteredTextOption
        invalid={isInvalid}
        statusType={error ? 'error' : isFetching ? 'loading' : 'finished'}
        loadingText="Reading the roles that trust this pool"
        errorText={error ? `The roles could not be read: ${messageOf(error)}. Write the ARN.` : ''}
        empty={
          data?.outcome === 'not-allowed'
            ? 'The console may not list roles: write the ARN.'
            : 'No role trusts this pool yet: write an ARN.'
        }
        {...(data?.isAll === false && { finishedText: 'Of the first roles of the account' })}
      />
      {isStranger && (
        <StatusIndicator type="warning">
          {of === 'authenticated'
            ? 'Its trust policy does not let this pool give it to who signed in: they would get no credentials.'
            : 'Its trust policy does not let this pool give it to guests: they would get no credentials.'}
        </StatusIndicator>
      )}
    </>
  )
}
