import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SharedView, SimulatorChecks } from '@thingdeck/contract'
import { useState } from 'react'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { useSession, useWhyNot } from '../../../shared/session/session.tsx'
import { removeChecks, SAVED_CHECKS, saveChecks, savedChecksQuery } from '../api.ts'

interface SavedChecksProps {
  /** What stands in the address; undefined: there is nothing to save. */
  readonly present: SimulatorChecks | undefined
  readonly onOpen: (content: SimulatorChecks) => void
}

type SavedView = SharedView & { readonly content: SimulatorChecks }
type Asked = { readonly kind: 'save' } | { readonly kind: 'remove'; readonly view: SavedView }

/** Checks that are kept under a name for everyone here, to be run again. */
export function SavedChecks({ present, onOpen }: SavedChecksProps) {
  const { data, error } = useQuery(savedChecksQuery)
  const { person } = useSession()
  const whyNotSave = useWhyNot('operator') ?? (present === undefined ? 'There is no check to save.' : undefined)
  const [asked, setAsked] = useState<Asked>()
  const views = (data?.views ?? []).filter((view): view is SavedView => 'check' in view.content)
  const removable = views.filter(({ owner }) => person.role === 'admin' || owner.id === person.id)
  const close = () => setAsked(undefined)
  return (
    <>
      <ButtonDropdown
        items={[
          // First, as what is read while the menu is open comes below it, and moves nothing.
          {
            id: 'save',
            text: 'Save these checks …',
            ...(whyNotSave !== undefined && { disabled: true, disabledReason: whyNotSave }),
          },
          ...(views.length === 0
            ? []
            : [
                {
                  id: 'open',
                  text: 'Run again',
                  items: views.map((view) => ({
                    id: `open ${view.viewId}`,
                    text: view.name,
                    description: wordsOf(view),
                  })),
                },
              ]),
          ...(error
            ? [{ id: 'failed', text: 'They could not be read', disabled: true, disabledReason: error.message }]
            : []),
          ...(removable.length === 0
            ? []
            : [
                {
                  id: 'remove',
                  text: 'Remove',
                  items: removable.map((view) => ({ id: `remove ${view.viewId}`, text: `Remove ${view.name} …` })),
                },
              ]),
        ]}
        expandableGroups
        onItemClick={({ detail: { id } }) => {
          const viewOf = (prefix: string) => views.find(({ viewId }) => id === `${prefix} ${viewId}`)
          const opened = viewOf('open')
          const removed = viewOf('remove')
          if (opened) onOpen(opened.content)
          else if (removed) setAsked({ kind: 'remove', view: removed })
          else if (id === 'save') setAsked({ kind: 'save' })
        }}
      >
        Saved
      </ButtonDropdown>
      {asked?.kind === 'save' && present && <SaveDialog content={present} onClose={close} />}
      {asked?.kind === 'remove' && <RemoveDialog view={asked.view} onClose={close} />}
    </>
  )
}

const wordsOf = ({ owner, content }: SavedView) =>
  `by ${owner.name}: ${content.check.length} ${content.check.length === 1 ? 'check' : 'checks'}${content.thing === undefined ? '' : ` of ${content.thing}`}`

function SaveDialog({ content, onClose }: { readonly content: SimulatorChecks; readonly onClose: () => void }) {
  const client = useQueryClient()
  const form = useForm({
    initial: { name: '' },
    limits: { name: { isRequired: true, maxLength: 64 } },
    fieldsOfCodes: { NAME_TAKEN: 'name' },
    submit: ({ name }) => saveChecks(name.trim(), content),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: SAVED_CHECKS })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header="Save these checks"
      action="Save checks"
      failure="The checks were not saved"
      onClose={onClose}
    >
      <TextField
        field={form.field('name')}
        label="Name"
        description="Everyone who signs in here sees them, with your name. Drafts of policies are not kept with them."
      />
    </FormDialog>
  )
}

function RemoveDialog({ view, onClose }: { readonly view: SavedView; readonly onClose: () => void }) {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => removeChecks(view.viewId),
    onSuccess: () => client.invalidateQueries({ queryKey: SAVED_CHECKS }),
  })
  return (
    <ConfirmDialog
      header={`Remove ${view.name}?`}
      action="Remove saved checks"
      isConsoleOnly
      failure="They were not removed"
      onConfirm={() => remove.mutateAsync()}
      onClose={onClose}
    >
      Nobody here will find these checks any more.
    </ConfirmDialog>
  )
}
