import Button from '@cloudscape-design/components/button'
import ButtonDropdown, { type ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useRouter } from '@tanstack/react-router'
import { useSession } from '../session/session.tsx'
import { useIsWide } from '../use-is-wide.ts'
import { type Action, whyNotNow } from './action.ts'
import { useOfferedByName } from './actions-on-page.ts'

/** What can be done, each as a button of its own; the palette finds it too. */
export function ActionButtons({ actions }: { readonly actions: readonly Action[] }) {
  useOfferedByName(actions)
  return <Buttons actions={actions} />
}

/** Of so many beside the primary ones, a narrow page's header shows each. */
const FEW = 1

/**
 * What can be done on a page, in its header: in a narrow window all but the primary ones stand in one menu, so that the
 * header keeps to one row and the content in view.
 */
export function HeaderActions({ actions }: { readonly actions: readonly Action[] }) {
  const isWide = useIsWide()
  useOfferedByName(actions)
  const others = actions.filter(({ isPrimary }) => isPrimary !== true)
  if (isWide || others.length <= FEW) return <Buttons actions={actions} />
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ActionDropdown actions={others} props={{ children: 'Actions', loading: others.some(({ isBusy }) => isBusy) }} />
      <Buttons actions={actions.filter(({ isPrimary }) => isPrimary)} />
    </SpaceBetween>
  )
}

const Buttons = ({ actions }: { readonly actions: readonly Action[] }) => (
  <SpaceBetween direction="horizontal" size="xs">
    {actions.map((action) => (
      <ActionButton key={action.id} {...action} />
    ))}
  </SpaceBetween>
)

export function ActionButton(action: Action) {
  const reason = whyNotNow(action, useSession().person.role)
  const { text, isPrimary, isBusy = false } = action
  return (
    <Button
      {...(isPrimary && { variant: 'primary' })}
      loading={isBusy}
      {...(reason === undefined ? targetOf(action) : { disabled: true, disabledReason: reason })}
    >
      {text}
    </Button>
  )
}

const targetOf = (action: Action) => ('href' in action ? { href: action.href } : { onClick: action.onAction })

interface ActionMenuProps {
  /** Accessible name of the button, e.g. 'Actions for pump-7'. */
  readonly label: string
  readonly actions: readonly Action[]
}

/** What can be done to one row, behind three dots. */
export const ActionMenu = ({ label, actions }: ActionMenuProps) => (
  <ActionDropdown actions={actions} props={{ variant: 'inline-icon', ariaLabel: label }} />
)

interface ActionDropdownProps {
  readonly actions: readonly Action[]
  /** How its button looks. */
  readonly props: Omit<ButtonDropdownProps, 'items'>
}

function ActionDropdown({ actions, props }: ActionDropdownProps) {
  const { role } = useSession().person
  const { history } = useRouter()
  const items = actions.map((action): ButtonDropdownProps.Item => {
    const reason = whyNotNow(action, role)
    return {
      id: action.id,
      text: action.text,
      ...('href' in action && { href: action.href }),
      ...(reason !== undefined && { disabled: true, disabledReason: reason }),
    }
  })
  return (
    <ButtonDropdown
      {...props}
      expandToViewport
      items={items}
      onItemClick={(event) => {
        const action = actions.find(({ id }) => id === event.detail.id)
        if (!action) return
        if ('onAction' in action) return action.onAction()
        event.preventDefault() // the router goes there without loading the page anew
        history.push(action.href)
      }}
    />
  )
}
