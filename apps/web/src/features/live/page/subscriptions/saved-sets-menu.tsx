import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Modal from '@cloudscape-design/components/modal'
import { useState } from 'react'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { SaveNameDialog } from '../save-name-dialog.tsx'
import { type SavedSet, savedSetsPreference, withSet } from './saved-sets.ts'

interface SavedSetsMenuProps {
  /** What stands in the URL now; undefined when there is nothing to save. */
  readonly present: Omit<SavedSet, 'name'> | undefined
  readonly onOpen: (set: SavedSet) => void
}

/** Subscriptions and filter kept under a name in this browser. */
export function SavedSetsMenu({ present, onOpen }: SavedSetsMenuProps) {
  const [sets, setSets] = usePreference(savedSetsPreference)
  const [dialog, setDialog] = useState<'save' | 'remove'>()
  const close = () => setDialog(undefined)
  return (
    <>
      <ButtonDropdown
        items={[
          ...sets.map((set) => ({ id: `open ${set.name}`, text: set.name, description: summaryOf(set) })),
          {
            id: 'actions',
            text: sets.length === 0 ? 'Nothing saved yet' : 'Manage',
            items: [
              {
                id: 'save',
                text: 'Save subscriptions and filter …',
                disabled: present === undefined,
                disabledReason: 'There is no subscription to save.',
              },
              ...(sets.length > 0 ? [{ id: 'remove', text: 'Remove saved …' }] : []),
            ],
          },
        ]}
        onItemClick={({ detail: { id } }) => {
          const set = sets.find(({ name }) => id === `open ${name}`)
          if (set) onOpen(set)
          else if (id === 'save' || id === 'remove') setDialog(id)
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
            setSets(withSet(sets, { name, ...present }))
            close()
          }}
        />
      )}
      {dialog === 'remove' && (
        <Modal visible header="Saved subscriptions" closeAriaLabel="Close" onDismiss={close}>
          <ul className="td-plain-list">
            {sets.map((set) => (
              <li key={set.name} className="td-saved-set">
                <span>
                  <strong>{set.name}</strong> <span className="td-weak td-mono">{summaryOf(set)}</span>
                </span>
                <Button
                  variant="inline-icon"
                  iconName="remove"
                  ariaLabel={`Remove ${set.name}`}
                  onClick={() => setSets(sets.filter(({ name }) => name !== set.name))}
                />
              </li>
            ))}
          </ul>
          {sets.length === 0 && <Box color="text-body-secondary">Nothing is saved.</Box>}
        </Modal>
      )}
    </>
  )
}

/** `dt/#, cmd/# · alarm` */
function summaryOf({ s, q }: SavedSet): string {
  const filters = s.map((value) => value.replace(/^[^:]*:/, '')).join(', ')
  return q === undefined ? filters : `${filters} · ${q}`
}
