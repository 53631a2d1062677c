import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { IotRoleCheck } from '@thingdeck/contract'
import { VisibleText } from '../text/visible.tsx'
import './permission-list.css'

interface PermissionListProps {
  readonly permissions: readonly { readonly action: string; readonly resource: string }[]
  /** Of each, whether the role may; without it, it is only listed. */
  readonly decided?: IotRoleCheck['permissions'] | undefined
}

/** What a role has to be allowed, and whether it is; actions that end alike on the same resource stand together. */
export function PermissionList({ permissions, decided }: PermissionListProps) {
  const lines = Map.groupBy(permissions, ({ action, resource }) => {
    const found = decided?.find((each) => each.action === action && each.resource === resource)
    // What is refused is refused for a reason of its own.
    return JSON.stringify([resource, found?.decision, found?.decision === 'ALLOWED' ? undefined : found?.why])
  })
  return (
    <ul className="td-needs">
      {[...lines].map(([key, alike]) => {
        const [{ action, resource } = { action: '', resource: '' }] = alike
        const found = decided?.find((each) => each.action === action && each.resource === resource)
        const text = (
          <>
            {alike.map((each) => each.action).join(', ')} on{' '}
            <span className="td-mono">
              <VisibleText text={resource} />
            </span>
          </>
        )
        return (
          <li key={key}>
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
