import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { IotRoleCheck } from '@thingdeck/contract'
import { VisibleText } from '../text/visible.tsx'
import './permission-list.css'

interface PermissionListProps {
  readonly permissions: readonly { readonly action: string; readonly resource: string }[]
  /** Of each, whether the role may; without it, it is only listed. */
  readonly decided?: IotRoleCheck['permissions'] | undefined
}

/** What a role has to be allowed, and whether it is. */
export function PermissionList({ permissions, decided }: PermissionListProps) {
  return (
    <ul className="td-needs">
      {permissions.map(({ action, resource }) => {
        const found = decided?.find((each) => each.action === action && each.resource === resource)
        const text = (
          <>
            {action} on{' '}
            <span className="td-mono">
              <VisibleText text={resource} />
            </span>
          </>
        )
        return (
          <li key={`${action} ${resource}`}>
            {found ? (
              <StatusIndicator
                type={found.decision === 'ALLOWED' ? 'success' : 'error'}
                iconAriaLabel={found.decision === 'ALLOWED' ? 'Allowed' : 'Not allowed'}
              >
                {text}
                {found.decision !== 'ALLOWED' && `: ${found.why}`}
              </StatusIndicator>
            ) : (
              text
            )}
          </li>
        )
      })}
    </ul>
  )
}
