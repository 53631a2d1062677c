import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { usePreference } from '../../../shared/preferences/preferences.ts'
import { type Draft, EMPTY_DRAFT } from './draft.ts'
import { savedMessagesPreference, TEMPLATES } from './saved-messages.ts'

interface SavedMessagesMenuProps {
  readonly draft: Draft
  readonly onOpen: (draft: Draft) => void
}

/** Templates, and messages kept under a name in this browser. */
export function SavedMessagesMenu({ draft, onOpen }: SavedMessagesMenuProps) {
  const [saved, setSaved] = usePreference(savedMessagesPreference)
  const [name, setName] = useState<string>()
  const trimmed = name?.trim() ?? ''
  const save = () => {
    if (trimmed === '') return
    setSaved(
      [...saved.filter((each) => each.name !== trimmed), { name: trimmed, draft }].sort((a, b) =>
        a.name.localeCompare(b.name),
      ),
    )
    setName(undefined)
  }
  return (
    <>
      <ButtonDropdown
        items={[
          ...(saved.length > 0
            ? [{ id: 'saved', text: 'Saved', items: saved.map((each) => item(`saved ${each.name}`, each)) }]
            : []),
          { id: 'templates', text: 'Templates', items: TEMPLATES.map((each) => item(`template ${each.name}`, each)) },
          {
            id: 'actions',
            text: 'This message',
            items: [
              { id: 'save', text: 'Save as …' },
              { id: 'clear', text: 'Clear all fields' },
            ],
          },
          ...(saved.length > 0
            ? [
                {
                  id: 'removal',
                  text: 'Remove saved',
                  items: saved.map((each) => ({ id: `remove ${each.name}`, text: each.name })),
                },
              ]
            : []),
        ]}
        onItemClick={({ detail: { id } }) => {
          const found =
            saved.find((each) => id === `saved ${each.name}`) ??
            TEMPLATES.find((each) => id === `template ${each.name}`)
          if (found) onOpen({ ...found.draft, thingName: found.draft.thingName || draft.thingName })
          else if (id === 'save') setName('')
          else if (id === 'clear') onOpen(EMPTY_DRAFT)
          else setSaved(saved.filter((each) => id !== `remove ${each.name}`))
        }}
        expandableGroups
      >
        Messages
      </ButtonDropdown>
      {name !== undefined && (
        <Modal
          visible
          header="Save message"
          closeAriaLabel="Close"
          onDismiss={() => setName(undefined)}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={() => setName(undefined)}>
                  Cancel
                </Button>
                <Button variant="primary" disabled={trimmed === ''} onClick={save}>
                  {saved.some((each) => each.name === trimmed) ? 'Replace saved' : 'Save'}
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          <FormField label="Name" description="It is kept in this browser.">
            <Input
              value={name}
              onChange={({ detail }) => setName(detail.value)}
              onKeyDown={({ detail }) => {
                if (detail.key === 'Enter') save()
              }}
              autoFocus
            />
          </FormField>
        </Modal>
      )}
    </>
  )
}

const item = (id: string, { name, draft }: { readonly name: string; readonly draft: Draft }) => ({
  id,
  text: name,
  description: draft.topic,
})
