import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { usePreference } from '../../../shared/preferences/preferences.ts'
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
        <SaveDialog
          sets={sets}
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

interface SaveDialogProps {
  readonly sets: readonly SavedSet[]
  readonly onSave: (name: string) => void
  readonly onClose: () => void
}

function SaveDialog({ sets, onSave, onClose }: SaveDialogProps) {
  const [name, setName] = useState('')
  const trimmed = name.trim()
  const replaces = sets.some((set) => set.name === trimmed)
  return (
    <Modal
      visible
      header="Save subscriptions and filter"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={trimmed === ''} onClick={() => onSave(trimmed)}>
              {replaces ? 'Replace saved' : 'Save'}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (trimmed !== '') onSave(trimmed)
        }}
      >
        <FormField
          label="Name"
          description="It is kept in this browser."
          constraintText={replaces ? 'What is saved under this name is replaced.' : undefined}
        >
          <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus />
        </FormField>
      </form>
    </Modal>
  )
}
