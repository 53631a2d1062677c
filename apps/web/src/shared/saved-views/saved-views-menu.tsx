import ButtonDropdown, { type ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown'
import type { ViewContent } from '@thingdeck/contract'
import { useState } from 'react'
import { usePreference } from '../preferences/preferences.ts'
import { useWhyNot } from '../session/session.tsx'
import { ManageViewsDialog } from './manage-views-dialog.tsx'
import { SaveNameDialog } from './save-name-dialog.tsx'
import { type ViewKind, withView } from './saved-view.ts'
import { useChangeSharedViews, useSharedViews } from './shared-views.ts'

interface SavedViewsMenuProps<Content extends ViewContent> {
  readonly kind: ViewKind<Content>
  /** What stands in the URL now; undefined when there is nothing to save. */
  readonly present: Content | undefined
  /** Why there is nothing, 'There is no subscription to save.' */
  readonly whyNothing?: string
  readonly onOpen: (content: Content) => void
}

/** Views kept under a name: one's own in this browser, and those that people share with everyone here. */
export function SavedViewsMenu<Content extends ViewContent>(props: SavedViewsMenuProps<Content>) {
  const { kind, present, whyNothing = 'There is nothing to save.', onOpen } = props
  const { what, summaryOf } = kind
  const [own, setOwn] = usePreference(kind.own)
  const { views, error, isRead } = useSharedViews(kind)
  const { share } = useChangeSharedViews()
  const whyNotShare = useWhyNot('operator')
  const [dialog, setDialog] = useState<'save' | 'share' | 'manage'>()
  const close = () => {
    share.reset()
    setDialog(undefined)
  }
  const nothing = present === undefined ? whyNothing : undefined
  return (
    <>
      <ButtonDropdown
        items={[
          ...group('mine', 'Mine, in this browser', [
            ...own.map(({ name, content }) => ({ id: `own ${name}`, text: name, description: summaryOf(content) })),
          ]),
          // Before what may be read while the menu is open: that comes below, and moves nothing.
          {
            id: 'actions',
            text: isRead && own.length + views.length === 0 ? 'Nothing saved yet' : 'Manage',
            items: [
              item('save', `Save ${what} …`, nothing),
              item('share', `Share ${what} …`, whyNotShare ?? nothing),
              ...(own.length + views.length > 0 ? [{ id: 'manage', text: 'Rename or remove …' }] : []),
            ],
          },
          ...group('shared', 'Shared with everyone here', [
            ...views.map((view) => ({
              id: `view ${view.viewId}`,
              text: view.name,
              description: `by ${view.owner.name}: ${summaryOf(view.content)}`,
            })),
            ...(error
              ? [{ id: 'failed', text: 'They could not be read', disabled: true, disabledReason: error.message }]
              : []),
          ]),
        ]}
        onItemClick={({ detail: { id } }) => {
          const mine = own.find(({ name }) => id === `own ${name}`)
          const view = views.find(({ viewId }) => id === `view ${viewId}`)
          if (mine) onOpen(mine.content)
          else if (view) onOpen(view.content)
          else if (id === 'save' || id === 'share' || id === 'manage') setDialog(id)
        }}
      >
        Saved
      </ButtonDropdown>
      {dialog === 'save' && present && (
        <SaveNameDialog
          header={`Save ${what}`}
          taken={own.map(({ name }) => name)}
          onClose={close}
          onSave={(name) => {
            setOwn(withView(own, { name, content: present }))
            close()
          }}
        />
      )}
      {dialog === 'share' && present && (
        <SaveNameDialog
          header={`Share ${what}`}
          description="Everyone who signs in here sees it, with your name. You and admins can rename and remove it."
          action="Share"
          failure="It was not shared"
          taken={[]}
          busy={share.isPending}
          error={share.error}
          onClose={close}
          onSave={(name) => share.mutate({ name, content: present }, { onSuccess: close })}
        />
      )}
      {dialog === 'manage' && (
        <ManageViewsDialog own={own} setOwn={setOwn} views={views} summaryOf={summaryOf} onClose={close} />
      )}
    </>
  )
}

const group = (
  id: string,
  text: string,
  items: readonly ButtonDropdownProps.Item[],
): readonly ButtonDropdownProps.ItemGroup[] => (items.length === 0 ? [] : [{ id, text, items }])

const item = (id: string, text: string, whyNot: string | undefined): ButtonDropdownProps.Item => ({
  id,
  text,
  ...(whyNot !== undefined && { disabled: true, disabledReason: whyNot }),
})
