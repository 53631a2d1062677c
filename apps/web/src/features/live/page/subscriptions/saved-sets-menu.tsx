import ButtonDropdown, { type ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown'
import type { LiveViewContent } from '@thingdeck/contract'
import { useState } from 'react'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { useWhyNot } from '../../../../shared/session/session.tsx'
import { SaveNameDialog } from '../save-name-dialog.tsx'
import { ManageViewsDialog } from './manage-views-dialog.tsx'
import { savedSetsPreference, summaryOf, withSet } from './saved-sets.ts'
import { type SharedLiveView, useChangeSharedViews, useSharedViews } from './shared-views.ts'

interface SavedSetsMenuProps {
  /** What stands in the URL now; undefined when there is nothing to save. */
  readonly present: LiveViewContent | undefined
  readonly onOpen: (content: LiveViewContent) => void
}

/** Views kept under a name: one's own in this browser, and those that people share with everyone here. */
export function SavedSetsMenu({ present, onOpen }: SavedSetsMenuProps) {
  const [sets, setSets] = usePreference(savedSetsPreference)
  const shared = useSharedViews()
  const views = shared.data?.views ?? []
  const { share } = useChangeSharedViews()
  const whyNotShare = useWhyNot('operator')
  const [dialog, setDialog] = useState<'save' | 'share' | 'manage'>()
  const close = () => {
    share.reset()
    setDialog(undefined)
  }
  const nothing = present === undefined ? 'There is no subscription to save.' : undefined
  return (
    <>
      <ButtonDropdown
        items={[
          ...group('mine', 'Mine, in this browser', [
            ...sets.map((set) => ({ id: `set ${set.name}`, text: set.name, description: summaryOf(set) })),
          ]),
          ...group('shared', 'Shared with everyone here', [
            ...views.map((view) => ({ id: `view ${view.viewId}`, text: view.name, description: wordsOf(view) })),
            ...(shared.error
              ? [{ id: 'failed', text: 'They could not be read', disabled: true, disabledReason: shared.error.message }]
              : []),
          ]),
          {
            id: 'actions',
            text: sets.length + views.length === 0 ? 'Nothing saved yet' : 'Manage',
            items: [
              item('save', 'Save subscriptions and filter …', nothing),
              item('share', 'Share subscriptions and filter …', whyNotShare ?? nothing),
              ...(sets.length + views.length > 0 ? [{ id: 'manage', text: 'Rename or remove …' }] : []),
            ],
          },
        ]}
        onItemClick={({ detail: { id } }) => {
          const set = sets.find(({ name }) => id === `set ${name}`)
          const view = views.find(({ viewId }) => id === `view ${viewId}`)
          if (set) onOpen({ s: [...set.s], ...(set.q !== undefined && { q: set.q }) })
          else if (view) onOpen(view.content)
          else if (id === 'save' || id === 'share' || id === 'manage') setDialog(id)
        }}
      >
        Saved
      </ButtonDropdown>
      {dialog === 'save' && present && (
        <SaveNameDialog
          header="Save subscriptions and filter"
          taken={sets.map(({ name }) => name)}
          onClose={close}
          onSave={(name) => {
            const { s, q } = present
            setSets(withSet(sets, { name, s, ...(q !== undefined && { q }) }))
            close()
          }}
        />
      )}
      {dialog === 'share' && present && (
        <SaveNameDialog
          header="Share subscriptions and filter"
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
      {dialog === 'manage' && <ManageViewsDialog sets={sets} setSets={setSets} views={views} onClose={close} />}
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

const wordsOf = ({ owner, content }: SharedLiveView) => `by ${owner.name}: ${summaryOf(content)}`
