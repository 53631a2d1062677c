import Autosuggest from '@cloudscape-design/components/autosuggest'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../message-of.ts'
import { useWhyNot } from '../session/session.tsx'
import { iotRolesQuery } from './role-queries.ts'

interface IotRolePickerProps {
  readonly label: string
  /** Its ARN. */
  readonly value: string
  readonly onChange: (roleArn: string) => void
  readonly onBlur?: () => void
  readonly isInvalid?: boolean
  /** Of an ARN. */
  readonly placeholder: string
  /** Where no role trusts AWS IoT: what can be done. */
  readonly empty: string
}

/** A role that trusts AWS IoT, of those that there are, or by its ARN. Who may not list roles writes the ARN. */
export function IotRolePicker(props: IotRolePickerProps) {
  const { label, value, onChange, onBlur, isInvalid = false, placeholder, empty } = props
  const mayNot = useWhyNot('admin')
  const { data, error, isFetching } = useQuery({ ...iotRolesQuery, enabled: mayNot === undefined })
  return (
    <Autosuggest
      ariaLabel={label}
      value={value}
      placeholder={placeholder}
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
      empty={mayNot === undefined ? empty : 'Write its ARN: only an admin is shown the roles that there are.'}
      {...(data?.isAll === false && { finishedText: `Of the first ${data.looked} roles` })}
    />
  )
}
