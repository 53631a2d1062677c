import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { useState } from 'react'
import { type Draft, EMPTY_DRAFT } from '../../../../shared/message-draft/draft.ts'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { SaveNameDialog } from '../../../../shared/saved-views/save-name-dialog.tsx'
import { savedMessagesPreference, TEMPLATES } from './saved-messages.ts'

interface SavedMessagesMenuProps {
  readonly draft: Draft
  readonly onOpen: (draft: Draft) => void
}

/** Templates, and messages kept under a name in this browser. */
export function SavedMessagesMenu({ draft, onOpen }: SavedMessagesMenuProps) {
  const [saved, setSaved] = usePreference(savedMessagesPreference)
  const [isSaving, setSaving] = useState(false)
  const save = (name: string) => {
    const others = saved.filter((each) => each.name !== name)
    setSaved([...others, { name, draft }].sort((a, b) => a.name.localeCompare(b.name)))
    setSaving(false)
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
          else if (id === 'save') setSaving(true)
          else if (id === 'clear') onOpen(EMPTY_DRAFT)
          else setSaved(saved.filter((each) => id !== `remove ${each.name}`))
        }}
        expandableGroups
      >
        Messages
      </ButtonDropdown>
      {isSaving && (
        <SaveNameDialog
          header="Save message"
          taken={saved.map(({ name }) => name)}
          onSave={save}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  )
}

const item = (id: string, { name, draft }: { readonly name: string; readonly draft: Draft }) => ({
  id,
  text: name,
  description: draft.topic,
})
