import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Command, type CommandButton, endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { buttonsChanged, buttonsQuery } from '../api.ts'
import { valuesInWords } from '../words/parameters.ts'
import { secondsInWords } from '../words/timeout.ts'
import { SaveButtonDialog } from './save-button-dialog.tsx'

const COLUMNS: readonly ListColumn<CommandButton>[] = [
  { id: 'label', header: 'Button', isRowHeader: true, width: 220, cell: ({ label }) => <NameText text={label} /> },
  {
    id: 'type',
    header: 'On things of the type',
    width: 200,
    cell: ({ thingTypeName }) =>
      thingTypeName === undefined ? (
        <span className="td-weak">Things without a type</span>
      ) : (
        <NameText text={thingTypeName} />
      ),
  },
  {
    id: 'values',
    header: 'Values',
    minWidth: 200,
    cell: ({ parameters = {} }) => visible(valuesInWords(parameters) || 'As the command has them'),
  },
  {
    id: 'timeout',
    header: 'Time-out',
    width: 140,
    cell: ({ executionTimeoutSeconds }) =>
      executionTimeoutSeconds === undefined ? '–' : secondsInWords(executionTimeoutSeconds),
  },
  { id: 'by', header: 'Made by', width: 160, cell: ({ createdBy }) => visible(createdBy) },
]

/** The buttons that send a command on things of a type; everybody who uses the console sees them. */
export function ButtonsTab({ command }: { readonly command: Command }) {
  const { commandId } = command
  const client = useQueryClient()
  const query = useQuery(buttonsQuery)
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<CommandButton>()
  const add = {
    id: 'add',
    text: 'Add button',
    needs: 'operator',
    isPrimary: true,
    onAction: () => setAdding(true),
  } as const
  return (
    <>
      <List
        name="command-buttons"
        variant="container"
        words={{
          title: 'Buttons',
          one: 'button',
          many: 'buttons',
          description: 'On the page of each thing of a type, a button sends this command with its values.',
          empty: {
            title: 'No thing has a button of it',
            text: 'A button keeps the values: one click and a confirmation send the command to the device.',
            action: add,
          },
        }}
        columns={COLUMNS}
        rowId={({ buttonId }) => buttonId}
        source={wholeOf(
          query,
          (query.data ?? []).filter((button) => button.commandId === commandId),
        )}
        paging="endless"
        actions={() => [add]}
        rowActions={(button) => [
          { id: 'remove', text: 'Remove button', needs: 'operator', onAction: () => setRemoving(button) },
        ]}
      />
      {isAdding && <SaveButtonDialog command={command} onClose={() => setAdding(false)} />}
      {removing && (
        <ConfirmDialog
          header={`Remove the button ${visibleText(removing.label)}?`}
          action="Remove button"
          isConsoleOnly
          failure="The button could not be removed"
          onConfirm={async () => {
            await api(endpoints.deleteCommandButton, { params: { buttonId: removing.buttonId } })
            await buttonsChanged(client)
          }}
          onClose={() => setRemoving(undefined)}
        >
          <Consequences
            list={['No thing of this type has it any more, for nobody. The command itself stays as it is.']}
          />
        </ConfirmDialog>
      )}
    </>
  )
}
