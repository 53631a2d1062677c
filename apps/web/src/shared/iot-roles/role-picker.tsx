import Autosuggest from '@cloudscape-design/components/autosuggest'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../message-of.ts'
import { useWhyNot } from '../session/session.tsx'
import { iotRolesQuery } from './role-queries.ts'

interface RolePickerProps {
  readonly label: string
  /** Its ARN. */
  readonly value: string
  readonly onChange: (roleArn: string) => void
  readonly onBlur?: () => void
  readonly isInvalid?: boolean
}

/** A role that trusts AWS IoT, of those that there are, or by its ARN. */
export function RolePicker({ label, value, onChange, onBlur, isInvalid = false }: RolePickerProps) {
  const mayNot = useWhyNot('admin')
  const { data, error, isFetching } = useQuery({ ...iotRolesQuery, enabled: mayNot === undefined })
  return (
    <Autosuggest
      ariaLabel={label}
      value={value}
      placeholder="arn:aws:iam::123456789012:role/pumps"
      onChange={({ detail }) => onChange(detail.value.trim())}
      {...(onBlur && { onBlur })}
      options={(data?.roles ?? []).map(({ roleName, roleArn, description }) => ({
        value: roleArn,
        label: roleName,
        ...(description !== undefined && { description }),
      }))}
      enteredTextLabel={(text) => `Use: ${text}`}
      hideEnteredTextOption
      invalid={isInvalid}
      statusType={error ? 'error' : isFetching ? 'loading' : 'finished'}
      loadingText="Reading the roles that trust AWS IoT"
      errorText={error ? `The roles could not be read: ${messageOf(error)}. Write the ARN.` : ''}
      empty="No role trusts AWS IoT yet: make one below, or write an ARN."
      {...(data?.isAll === false && { finishedText: `Of the first ${data.looked} roles` })}
    />
  )
}
